mock_provider "aws" {
  source = "../../mocks"
}

override_data {
  target = data.aws_secretsmanager_random_password.this
  values = { random_password = "generated" }
}

variables {
  stage                     = "production"
  vpc_id                    = "vpc-0123456789abcdef0"
  subnet_ids                = ["subnet-0a", "subnet-0b", "subnet-0c"]
  client_security_group_ids = { nodes = "sg-0123456789abcdef0" }
  data_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/data"
  secrets_key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
  logs_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/logs"
  instance_class            = "db.r7g.large"
  database_name             = "mcp_ui"
  read_replica_count        = 2
}

run "rule_storage_snapshots_and_insights_are_encrypted_with_our_key" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted == true && aws_db_instance.this.kms_key_id == var.data_key_arn
    error_message = "The database must be encrypted (storage_encrypted = true) with the data key."
  }

  assert {
    condition     = length(aws_db_instance.replica) == 2 && alltrue(aws_db_instance.replica[*].storage_encrypted)
    error_message = "Every read replica must be encrypted (storage_encrypted = true)."
  }

  assert {
    condition = alltrue([
      for instance in concat([aws_db_instance.this], aws_db_instance.replica) :
      instance.performance_insights_enabled && instance.performance_insights_kms_key_id == var.data_key_arn
    ])
    error_message = "Performance Insights must be on, and encrypted with the data key: it keeps statements."
  }
}

run "rule_no_instance_is_public" {
  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.publicly_accessible == false])
    error_message = "No instance may have a public address (publicly_accessible = false)."
  }
}

run "rule_only_named_groups_may_connect" {
  assert {
    condition = length(aws_vpc_security_group_ingress_rule.clients) == 1 && alltrue([
      for rule in aws_vpc_security_group_ingress_rule.clients :
      rule.referenced_security_group_id == "sg-0123456789abcdef0" && rule.cidr_ipv4 == null && rule.cidr_ipv6 == null &&
      rule.from_port == 5432 && rule.to_port == 5432 && rule.ip_protocol == "tcp"
    ])
    error_message = "The security group must let in PostgreSQL from the named groups, and nothing by address."
  }

  assert {
    condition = alltrue([
      for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.vpc_security_group_ids == toset([aws_security_group.this.id])
    ])
    error_message = "Every instance must stand behind the module's own security group alone."
  }
}

run "rule_a_zone_may_fail" {
  assert {
    condition     = aws_db_instance.this.multi_az && length(aws_db_subnet_group.this.subnet_ids) >= 2
    error_message = "By default the database must have a standby in another zone."
  }
}

run "rule_every_second_of_a_week_or_more_can_be_restored" {
  assert {
    condition     = aws_db_instance.this.backup_retention_period >= 7 && aws_db_instance.this.backup_retention_period <= 35
    error_message = "Automated backups must be kept for 7 to 35 days: without them there is no point in time to restore to."
  }

  assert {
    condition     = aws_db_instance.this.delete_automated_backups == false
    error_message = "Backups must outlive the database that they are of."
  }
}

run "rule_the_database_is_hard_to_delete_and_leaves_a_snapshot" {
  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.deletion_protection])
    error_message = "Deletion protection must be on by default (deletion_protection = true)."
  }

  assert {
    condition     = aws_db_instance.this.skip_final_snapshot == false && startswith(aws_db_instance.this.final_snapshot_identifier, "evenkeel-production-final-")
    error_message = "A deleted database must leave a last snapshot."
  }

  assert {
    condition     = aws_secretsmanager_secret.this.recovery_window_in_days == 30
    error_message = "A deleted login must be recoverable for 30 days."
  }
}

run "rule_connections_are_encrypted_and_logged" {
  assert {
    condition = alltrue([
      for name, value in { "rds.force_ssl" = "1", "log_connections" = "1", "log_disconnections" = "1", "log_min_duration_statement" = "500" } :
      anytrue([for parameter in aws_db_parameter_group.this.parameter : parameter.name == name && parameter.value == value])
    ])
    error_message = "The parameter group must force TLS (rds.force_ssl = 1) and log connections and slow statements."
  }

  assert {
    condition = anytrue([
      for parameter in aws_db_parameter_group.this.parameter :
      parameter.name == "shared_preload_libraries" && strcontains(parameter.value, "pg_stat_statements") && parameter.apply_method == "pending-reboot"
    ])
    error_message = "pg_stat_statements must be loaded: it tells which statements cost what."
  }

  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.parameter_group_name == aws_db_parameter_group.this.name])
    error_message = "Every instance must use the parameter group."
  }
}

run "rule_logs_are_encrypted_and_end" {
  assert {
    condition = length(aws_cloudwatch_log_group.this) == 6 && alltrue([
      for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.logs_key_arn && group.retention_in_days == 365
    ])
    error_message = "Each instance's two logs must be in a group with a key and a retention, made before RDS makes one without."
  }

  assert {
    condition = alltrue([
      for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.enabled_cloudwatch_logs_exports == toset(["postgresql", "upgrade"])
    ])
    error_message = "Every instance must export its logs."
  }
}

run "rule_every_instance_is_watched_from_inside" {
  assert {
    condition = alltrue([
      for instance in concat([aws_db_instance.this], aws_db_instance.replica) :
      instance.monitoring_interval > 0 && instance.monitoring_role_arn == aws_iam_role.monitoring.arn
    ])
    error_message = "Enhanced monitoring must be on for every instance."
  }
}

run "rule_what_statements_cost_is_kept_for_a_week" {
  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.performance_insights_retention_period >= 7])
    error_message = "Performance Insights must be kept for a week or more."
  }
}

run "rule_roles_can_connect_without_a_password" {
  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.this], aws_db_instance.replica) : instance.iam_database_authentication_enabled])
    error_message = "IAM authentication must be on for every instance."
  }
}

run "rule_the_login_is_in_the_secret_under_our_key" {
  assert {
    condition     = aws_secretsmanager_secret.this.name == "evenkeel/production/database" && aws_secretsmanager_secret.this.kms_key_id == var.secrets_key_arn
    error_message = "The login must be in evenkeel/<stage>/database, encrypted with the secrets key."
  }

  assert {
    condition = toset(keys(jsondecode(nonsensitive(aws_secretsmanager_secret_version.this.secret_string)))) == toset([
      "engine", "host", "port", "dbname", "username", "password", "url", "readers",
    ])
    error_message = "The secret must hold all that its readers take from it, the url among it."
  }

  assert {
    condition     = data.aws_secretsmanager_random_password.this.exclude_punctuation && data.aws_secretsmanager_random_password.this.password_length >= 32
    error_message = "The password must be long, and made of characters that a URL can hold."
  }
}

run "rule_storage_grows_before_it_is_full" {
  assert {
    condition     = aws_db_instance.this.max_allocated_storage > aws_db_instance.this.allocated_storage
    error_message = "Storage must grow by itself (max_allocated_storage above allocated_storage)."
  }
}

run "rule_a_replica_of_another_region_takes_login_and_data_from_its_source" {
  # A database of its own: the one above is no replica, and never becomes one.
  state_key = "replica"

  variables {
    stage              = "second-region"
    read_replica_count = 0
    replica_of = {
      database_arn = "arn:aws:rds:eu-central-1:111122223333:db:evenkeel-production"
      secret_arn   = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:evenkeel/production/database"
    }
  }

  override_data {
    target = data.aws_secretsmanager_secret_version.source
    values = { secret_string = "{\"username\":\"source_owner\",\"password\":\"source\",\"dbname\":\"source_database\"}" }
  }

  assert {
    condition = (
      aws_db_instance.this.replicate_source_db == var.replica_of.database_arn &&
      aws_db_instance.this.password == null
    )
    error_message = "A replica must name its source and set no login of its own."
  }

  assert {
    condition     = aws_db_instance.this.storage_encrypted == true && aws_db_instance.this.kms_key_id == var.data_key_arn && aws_db_instance.this.backup_retention_period >= 7
    error_message = "A replica must be encrypted with this region's key, and be backed up: after a promotion it is the database."
  }

  assert {
    condition     = startswith(jsondecode(nonsensitive(aws_secretsmanager_secret_version.this.secret_string)).url, "postgresql://source_owner:source@")
    error_message = "The secret beside a replica must hold the login of its source."
  }
}

run "rule_the_login_survives_the_region" {
  variables {
    secret_copy = {
      region          = "eu-central-1"
      secrets_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/secrets"
    }
  }

  assert {
    condition = length(aws_secretsmanager_secret.this.replica) == 1 && alltrue([
      for replica in aws_secretsmanager_secret.this.replica : replica.region == "eu-central-1" && replica.kms_key_id == var.secret_copy.secrets_key_arn
    ])
    error_message = "The secret must be copied to the second region under that region's key."
  }
}

run "rule_no_action_is_a_wildcard" {
  assert {
    condition = length(data.aws_iam_policy_document.monitoring_trust.statement) > 0 && alltrue(flatten([
      for statement in data.aws_iam_policy_document.monitoring_trust.statement : [for action in statement.actions : !strcontains(action, "*")]
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}

run "rule_a_new_major_version_is_a_change_of_one_value" {
  assert {
    condition     = aws_db_instance.this.allow_major_version_upgrade == true
    error_message = "A major version that engine_version names must be taken (allow_major_version_upgrade)."
  }
}

run "rule_no_machine_touches_a_database_that_takes_no_part_in_failovers" {
  assert {
    condition     = length(aws_security_group.fence) == 0 && length(aws_vpc_security_group_ingress_rule.client_ranges) == 0 && !contains(keys(aws_db_instance.this.tags), "evenkeel:failover")
    error_message = "Without failover_side there must be neither fence nor tag, and nobody let in by address."
  }
}

run "rule_a_database_that_can_be_taken_over_from_has_a_fence_without_rules" {
  variables {
    failover_side      = "primary"
    client_cidr_blocks = { second-region = "10.30.0.0/16" }
  }

  assert {
    condition     = one(aws_security_group.fence[*].name) == "evenkeel-production-fence" && length(aws_security_group.fence[0].ingress) + length(aws_security_group.fence[0].egress) == 0
    error_message = "The fence must have no rule at all."
  }

  assert {
    condition     = aws_db_instance.this.tags["evenkeel:failover"] == "primary" && alltrue([for replica in aws_db_instance.replica : !contains(keys(coalesce(replica.tags, {})), "evenkeel:failover")])
    error_message = "The database must bear the tag that IAM asks for, and its read replicas must not: nothing fences or promotes them."
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.client_ranges : [rule.cidr_ipv4, rule.from_port, rule.to_port]] == [["10.30.0.0/16", 5432, 5432]] && length(aws_vpc_security_group_ingress_rule.clients) == 1
    error_message = "The other region's control plane must be able to try the database, and only its port."
  }
}
