# PostgreSQL and MongoDB, for those who have none yet: one of each, on the host that holds their data. Both keep read models
# that are filled again from the broker, and PostgreSQL also the accounts (docs/operations.md tells how to back them up). Who
# has a managed database leaves this job out: nodes and edges take postgres_url and mongo_url from their Nomad variables.
variable "datacenters" {
  type    = list(string)
  default = ["*"]
}

variable "postgres_image" {
  type    = string
  default = "postgres:18"
}

variable "mongo_image" {
  type    = string
  default = "mongo:8"
}

variable "postgres_port" {
  type    = number
  default = 5432
}

variable "mongo_port" {
  type    = number
  default = 27017
}

job "callboard-stores" {
  datacenters = var.datacenters
  type        = "service"

  # Two of them must never have the same files open: the old one ends first.
  update {
    max_parallel     = 1
    auto_revert      = true
    health_check     = "checks"
    min_healthy_time = "10s"
    healthy_deadline = "5m"
  }

  group "postgres" {
    count = 1

    network {
      port "postgres" {
        static = var.postgres_port
      }
    }

    service {
      name     = "callboard-postgres"
      provider = "nomad"
      port     = "postgres"
      check {
        type     = "tcp"
        interval = "5s"
        timeout  = "2s"
      }
    }

    # A host volume of this name in the client's configuration; it ties the group to its host.
    volume "data" {
      type      = "host"
      source    = "callboard-postgres"
      read_only = false
    }

    restart {
      attempts = 5
      interval = "5m"
      delay    = "5s"
      mode     = "delay"
    }

    task "postgres" {
      driver = "docker"

      config {
        image        = var.postgres_image
        network_mode = "host"
        args         = ["-c", "listen_addresses=${NOMAD_IP_postgres}", "-c", "port=${NOMAD_PORT_postgres}"]
      }

      volume_mount {
        volume      = "data"
        destination = "/var/lib/postgresql"
      }

      template {
        destination = "secrets/postgres.env"
        env         = true
        change_mode = "noop"
        data        = <<-EOT
          {{ with nomadVar "nomad/jobs/callboard-stores" }}
          POSTGRES_USER=callboard
          POSTGRES_PASSWORD={{ .postgres_password | toJSON }}
          {{ end }}
        EOT
      }

      # SIGINT is PostgreSQL's "fast": clients are sent away, everything is written, no recovery at the next start.
      kill_signal  = "SIGINT"
      kill_timeout = "60s"

      resources {
        cpu    = 1000
        memory = 2048
      }
    }
  }

  group "mongo" {
    count = 1

    network {
      port "mongo" {
        static = var.mongo_port
      }
    }

    service {
      name     = "callboard-mongo"
      provider = "nomad"
      port     = "mongo"
      check {
        type     = "tcp"
        interval = "5s"
        timeout  = "2s"
      }
    }

    volume "data" {
      type      = "host"
      source    = "callboard-mongo"
      read_only = false
    }

    restart {
      attempts = 5
      interval = "5m"
      delay    = "5s"
      mode     = "delay"
    }

    task "mongo" {
      driver = "docker"

      config {
        image        = var.mongo_image
        network_mode = "host"
        args         = ["--bind_ip", "${NOMAD_IP_mongo}", "--port", "${NOMAD_PORT_mongo}"]
      }

      volume_mount {
        volume      = "data"
        destination = "/data/db"
      }

      template {
        destination = "secrets/mongo.env"
        env         = true
        change_mode = "noop"
        data        = <<-EOT
          {{ with nomadVar "nomad/jobs/callboard-stores" }}
          MONGO_INITDB_ROOT_USERNAME=callboard
          MONGO_INITDB_ROOT_PASSWORD={{ .mongo_password | toJSON }}
          {{ end }}
        EOT
      }

      kill_signal  = "SIGTERM"
      kill_timeout = "60s"

      resources {
        cpu    = 500
        memory = 1024
      }
    }
  }
}
