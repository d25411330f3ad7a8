locals {
  parameters = {
    "rds.force_ssl"                       = "1"
    "rds.accepted_password_auth_method"   = "scram"
    "log_connections"                     = "1"
    "log_disconnections"                  = "1"
    "log_lock_waits"                      = "1"
    "log_statement"                       = "ddl"
    "log_min_duration_statement"          = tostring(var.slow_query_ms)
    "log_temp_files"                      = "0"
    "log_autovacuum_min_duration"         = "1000"
    "idle_in_transaction_session_timeout" = "60000"
    "pg_stat_statements.track"            = "all"
    "track_io_timing"                     = "1"
  }

  # Read only when the server starts.
  static_parameters = {
    "shared_preload_libraries" = "pg_stat_statements"
  }
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${local.name}-postgres${local.major}-"
  description = "PostgreSQL ${local.major} of ${var.stage}: TLS only, and logs that tell what was slow"
  family      = "postgres${local.major}"

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  dynamic "parameter" {
    for_each = local.static_parameters

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "pending-reboot"
    }
  }

  lifecycle {
    # A new major version needs a new group while the old one is still in use.
    create_before_destroy = true
  }
}
