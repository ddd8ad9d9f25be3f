# The actors that decide and remember: light, many, and never waiting for the world. Two nodes, so that one can leave.
variable "datacenters" {
  type    = list(string)
  default = ["*"]
}

variable "driver" {
  type        = string
  default     = "exec"
  description = "exec, or raw_exec (neither isolated nor limited: for a machine of one's own)."
}

variable "release_url" {
  type        = string
  default     = "https://releases.example.com/callboard-0.1.0.tar.gz"
  description = "What npm run pack made, where every client can fetch it."
}

variable "release_checksum" {
  type        = string
  description = "sha256:..., from the .sha256 file beside it. Without a default, so that nobody runs what was not checked."
}

variable "node" {
  type        = string
  default     = "node"
  description = "The Node program, of the version that the release was packed with."
}

variable "log_level" {
  type    = string
  default = "info"
}

variable "replicas" {
  type        = number
  default     = 3
  description = "How many broker servers keep each stream: 3, or 1 where nats.nomad.hcl runs one."
}

variable "distinct_hosts" {
  type        = bool
  default     = false
  description = "Never two of them on one host. Needs as many hosts as count, and one more for the canary."
}

variable "count" {
  type        = number
  default     = 2
  description = "Nodes that share these kinds. More than 16 share nothing more: a kind has 16 partitions."
}

job "callboard-actors" {
  datacenters = var.datacenters
  type        = "service"

  # One at a time: a new node takes its share of the partitions while the old one still answers for the rest. It counts as
  # healthy when it stayed up; one that can't reach the broker, or whose streams have other settings, ends.
  update {
    max_parallel     = 1
    canary           = 1
    auto_promote     = true
    auto_revert      = true
    health_check     = "task_states"
    min_healthy_time = "10s"
    healthy_deadline = "3m"
  }

  group "actors" {
    count = var.count

    # Only if wanted: a Nomad before 1.5 takes this constraint at any value.
    dynamic "constraint" {
      for_each = var.distinct_hosts ? ["distinct_hosts"] : []
      content {
        operator = constraint.value
      }
    }

    spread {
      attribute = "${node.unique.id}"
    }

    restart {
      attempts = 5
      interval = "3m"
      delay    = "5s"
      mode     = "fail"
    }

    reschedule {
      unlimited      = true
      delay          = "5s"
      delay_function = "exponential"
      max_delay      = "2m"
    }

    # Only what can be made again: the browser, unpacked. All state is in the broker.
    ephemeral_disk {
      size = 300
    }

    task "node" {
      driver = var.driver

      artifact {
        source      = var.release_url
        destination = "local/"
        options {
          checksum = var.release_checksum
        }
      }

      config {
        command = var.node
        args    = ["--enable-source-maps", "--max-semi-space-size=32", "${NOMAD_TASK_DIR}/callboard/dist/cli/callboard.js", "node", "--kinds", "dispatcher,employee,incidents,application,candidate,catalog,archivist,pulse"]
      }

      env {
        CALLBOARD_NODE_ID   = "${NOMAD_GROUP_NAME}-${NOMAD_SHORT_ALLOC_ID}"
        CALLBOARD_HOME      = "${NOMAD_TASK_DIR}/home"
        CALLBOARD_LOG_LEVEL = var.log_level

        CALLBOARD_NATS_REPLICAS = var.replicas
      }

      # Where the broker is when this starts; a client learns of the others, and of changes, from the broker itself.
      template {
        destination = "secrets/callboard.env"
        env         = true
        change_mode = "noop"
        data        = <<-EOT
          CALLBOARD_NATS_URL={{ range $i, $server := nomadService "callboard-nats" }}{{ if $i }},{{ end }}nats://{{ $server.Address }}:{{ $server.Port }}{{ end }}
          {{ with nomadVar "nomad/jobs/callboard-actors" }}
          CALLBOARD_NATS_PASSWORD={{ .nats_password | toJSON }}
          CALLBOARD_POSTGRES_URL={{ .postgres_url | toJSON }}
          CALLBOARD_MONGO_URL={{ .mongo_url | toJSON }}
          {{ end }}
        EOT
      }

      # On SIGTERM a node finishes its turns and hands its partitions over, which takes a second or two; an application
      # that is being filled in is given up before the button is pressed, and taken up by the next owner.
      kill_signal  = "SIGTERM"
      kill_timeout = "30s"

      resources {
        cpu        = 500
        memory     = 512
        memory_max = 1024
      }
    }
  }
}
