# The front door: dashboard, HTTP and WebSocket. Any number behind a load balancer; people may reconnect to any of them.
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

variable "distinct_hosts" {
  type        = bool
  default     = false
  description = "Never two of them on one host. Needs as many hosts as count, and one more for the canary."
}

variable "count" {
  type    = number
  default = 2
}

variable "port" {
  type        = number
  default     = 7070
  description = "On every host, of which an update then needs one more than count. 0: any free one, found by the service callboard-edge."
}

variable "public_url" {
  type        = string
  default     = ""
  description = "As people type it, e.g. https://callboard.example.com. With https the session cookie is for https only."
}

job "callboard-edge" {
  datacenters = var.datacenters
  type        = "service"

  # One at a time, each a canary first: people on an edge that ends reconnect to another one and keep their task.
  update {
    max_parallel     = 1
    canary           = 1
    auto_promote     = true
    auto_revert      = true
    health_check     = "checks"
    min_healthy_time = "10s"
    healthy_deadline = "3m"
  }

  group "edge" {
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

    network {
      port "http" {
        static = var.port
      }
    }

    # The load balancer takes an edge out when this service is gone, before the edge is told to end.
    shutdown_delay = "3s"

    service {
      name     = "callboard-edge"
      provider = "nomad"
      port     = "http"
      check {
        type     = "http"
        path     = "/api/health"
        interval = "5s"
        timeout  = "4s"
      }
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

    ephemeral_disk {
      size = 300
    }

    task "edge" {
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
        args    = ["--enable-source-maps", "${NOMAD_TASK_DIR}/callboard/dist/cli/callboard.js", "edge"]
      }

      env {
        CALLBOARD_NODE_ID    = "edge-${NOMAD_SHORT_ALLOC_ID}"
        CALLBOARD_HOME       = "${NOMAD_TASK_DIR}/home"
        CALLBOARD_HOST       = "${NOMAD_IP_http}"
        CALLBOARD_PORT       = "${NOMAD_PORT_http}"
        CALLBOARD_PUBLIC_URL = var.public_url
        CALLBOARD_LOG_LEVEL  = var.log_level

        CALLBOARD_DEMO_ACCOUNTS = "off" # docs/operations.md tells how the first manager gets an account
      }

      # Where the broker is when this starts; a client learns of the others, and of changes, from the broker itself.
      template {
        destination = "secrets/callboard.env"
        env         = true
        change_mode = "noop"
        data        = <<-EOT
          CALLBOARD_NATS_URL={{ range $i, $server := nomadService "callboard-nats" }}{{ if $i }},{{ end }}nats://{{ $server.Address }}:{{ $server.Port }}{{ end }}
          {{ with nomadVar "nomad/jobs/callboard-edge" }}
          CALLBOARD_NATS_PASSWORD={{ .nats_password | toJSON }}
          CALLBOARD_POSTGRES_URL={{ .postgres_url | toJSON }}
          CALLBOARD_MONGO_URL={{ .mongo_url | toJSON }}
          CALLBOARD_COOKIE_SECRET={{ .cookie_secret | toJSON }}
          CALLBOARD_METRICS_TOKEN={{ .metrics_token | toJSON }}
          {{ end }}
        EOT
      }

      kill_signal  = "SIGTERM"
      kill_timeout = "20s"

      resources {
        cpu        = 500
        memory     = 512
        memory_max = 1024
      }
    }
  }
}
