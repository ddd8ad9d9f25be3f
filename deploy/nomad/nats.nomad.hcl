# The broker: three servers that keep every stream three times. One may be lost, and none shares a host with another. Its
# settings are our own nats.conf, told from here who is in the cluster.
variable "datacenters" {
  type    = list(string)
  default = ["*"]
}

variable "driver" {
  type        = string
  default     = "exec"
  description = "exec, or raw_exec (neither isolated nor limited: for a machine of one's own)."
}

variable "nats_server" {
  type        = string
  default     = "nats-server"
  description = "The program, 2.15 or newer: on each host's PATH, or in the image."
}

variable "nats_conf" {
  type        = string
  default     = "nats.conf"
  description = "Our nats.conf, as seen from where nomad job run is called: the root of a clone."
}

variable "servers" {
  type        = number
  default     = 3
  description = "3, or 1 to try it out. Five: begin with three, then raise it. A majority must be up."
}

variable "distinct_hosts" {
  type        = bool
  default     = true
  description = "Never two on one host. False only where there are fewer hosts than servers, to try it out."
}

variable "client_port" {
  type        = number
  default     = 4222
  description = "Nodes and edges connect here. 0: any free one, found by the service callboard-nats."
}

variable "route_port" {
  type        = number
  default     = 6222
  description = "The servers among themselves. 0: any free one."
}

variable "monitor_port" {
  type        = number
  default     = 8222
  description = "Health and metrics, on loopback since it has no login. 0: any free one."
}

variable "sync_interval" {
  type        = string
  default     = "always"
  description = "always: on disk before acknowledged, as nats.conf says why. A time, such as 120s: what is younger may be lost."
}

variable "store_mb" {
  type        = number
  default     = 20000
  description = "Room for the streams on each host, MB."
}

job "callboard-nats" {
  datacenters = var.datacenters
  type        = "service"

  # One at a time, and the next only when this one's streams have caught up: that is what /healthz says.
  update {
    max_parallel      = 1
    auto_revert       = true
    health_check      = "checks"
    min_healthy_time  = "10s"
    healthy_deadline  = "10m"
    progress_deadline = "15m"
  }

  group "nats" {
    count = var.servers

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
      port "client" {
        static = var.client_port
      }
      port "route" {
        static = var.route_port
      }
      port "monitor" {
        static = var.monitor_port
      }
    }

    service {
      name     = "callboard-nats"
      provider = "nomad"
      port     = "client"
      check {
        type     = "tcp"
        interval = "5s"
        timeout  = "2s"
      }
    }

    service {
      name     = "callboard-nats-route"
      provider = "nomad"
      port     = "route"
    }

    service {
      name     = "callboard-nats-monitor"
      provider = "nomad"
      port     = "monitor"
      address  = "127.0.0.1"
      check {
        type     = "http"
        path     = "/healthz"
        interval = "5s"
        timeout  = "2s"
      }
    }

    restart {
      attempts = 5
      interval = "5m"
      delay    = "5s"
      mode     = "delay"
    }

    # A server comes back to its own data, or takes them along; one whose host is lost is filled again by the other two.
    ephemeral_disk {
      sticky  = true
      migrate = true
      size    = var.store_mb
    }

    task "server" {
      driver = var.driver

      config {
        command = var.nats_server
        args    = ["-c", "${NOMAD_TASK_DIR}/nats.conf"]
      }

      env {
        # Its name is its identity in the cluster, so a server that is placed anew must have the old one.
        CALLBOARD_NATS_NAME     = "nats-${NOMAD_ALLOC_INDEX}"
        CALLBOARD_NATS_HOST     = "${NOMAD_IP_client}"
        CALLBOARD_NATS_PORT     = "${NOMAD_PORT_client}"
        CALLBOARD_NATS_MONITOR  = "127.0.0.1:${NOMAD_PORT_monitor}"
        CALLBOARD_NATS_STORE    = "${NOMAD_ALLOC_DIR}/data/jetstream"
        CALLBOARD_NATS_MAX_FILE = "${var.store_mb}MB"
        CALLBOARD_NATS_SYNC     = var.sync_interval

        CALLBOARD_NATS_CLUSTER      = "callboard"
        CALLBOARD_NATS_CLUSTER_HOST = "${NOMAD_IP_route}"
        CALLBOARD_NATS_CLUSTER_PORT = var.servers > 1 ? "${NOMAD_PORT_route}" : "0"
      }

      template {
        destination = "local/nats.conf"
        change_mode = "noop"
        data        = file(var.nats_conf)
      }

      # All servers, this one among them: a group's services are registered before its tasks begin. One that comes later
      # names those that are there, and they hear of it from the broker itself, so that nobody needs a restart.
      template {
        destination = "secrets/nats.env"
        env         = true
        change_mode = "noop"
        data        = <<-EOT
          {{ with $secret := nomadVar "nomad/jobs/callboard-nats" }}
          CALLBOARD_NATS_ACTORS_PASSWORD={{ $secret.actors_password | toJSON }}
          CALLBOARD_NATS_EDGE_PASSWORD={{ $secret.edge_password | toJSON }}
          CALLBOARD_NATS_OPS_PASSWORD={{ $secret.ops_password | toJSON }}
          CALLBOARD_NATS_CLUSTER_PASSWORD={{ $secret.route_password | toJSON }}
          CALLBOARD_NATS_CLUSTER_ROUTES='[{{ range $i, $server := nomadService "callboard-nats-route" }}{{ if $i }},{{ end }}"nats-route://route:{{ $secret.route_password }}@{{ $server.Address }}:{{ $server.Port }}"{{ end }}]'
          {{ end }}
        EOT
      }

      kill_signal  = "SIGTERM"
      kill_timeout = "30s"

      resources {
        cpu        = 1000
        memory     = 1024
        memory_max = 4096
      }
    }
  }
}
