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
}

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "Production_1"
  }

  expect_failures = [var.stage]
}

run "refuses_a_network_by_name" {
  command = plan

  variables {
    vpc_id = "production"
  }

  expect_failures = [var.vpc_id]
}

run "refuses_a_single_subnet" {
  command = plan

  variables {
    subnet_ids = ["subnet-0a"]
  }

  expect_failures = [var.subnet_ids]
}

run "refuses_the_same_subnet_twice" {
  command = plan

  variables {
    subnet_ids = ["subnet-0a", "subnet-0a"]
  }

  expect_failures = [var.subnet_ids]
}

run "refuses_no_clients" {
  command = plan

  variables {
    client_security_group_ids = {}
  }

  expect_failures = [var.client_security_group_ids]
}

run "refuses_clients_by_address" {
  command = plan

  variables {
    client_security_group_ids = { everyone = "0.0.0.0/0" }
  }

  expect_failures = [var.client_security_group_ids]
}

run "refuses_a_data_key_by_alias" {
  command = plan

  variables {
    data_key_arn = "alias/data"
  }

  expect_failures = [var.data_key_arn]
}

run "refuses_a_secrets_key_by_alias" {
  command = plan

  variables {
    secrets_key_arn = "alias/secrets"
  }

  expect_failures = [var.secrets_key_arn]
}

run "refuses_a_logs_key_by_alias" {
  command = plan

  variables {
    logs_key_arn = "alias/logs"
  }

  expect_failures = [var.logs_key_arn]
}

run "refuses_another_engine" {
  command = plan

  variables {
    engine_version = "mysql8.0"
  }

  expect_failures = [var.engine_version]
}

run "refuses_a_class_that_is_not_of_rds" {
  command = plan

  variables {
    instance_class = "r7g.large"
  }

  expect_failures = [var.instance_class]
}

run "refuses_a_replica_class_that_is_not_of_rds" {
  command = plan

  variables {
    read_replica_instance_class = "large"
  }

  expect_failures = [var.read_replica_instance_class]
}

run "refuses_more_replicas_than_rds_allows" {
  command = plan

  variables {
    read_replica_count = 16
  }

  expect_failures = [var.read_replica_count]
}

run "refuses_half_a_replica" {
  command = plan

  variables {
    read_replica_count = 1.5
  }

  expect_failures = [var.read_replica_count]
}

run "refuses_less_storage_than_rds_has" {
  command = plan

  variables {
    storage_gib     = 10
    max_storage_gib = 100
  }

  expect_failures = [var.storage_gib]
}

run "refuses_storage_that_cannot_grow" {
  command = plan

  variables {
    storage_gib     = 100
    max_storage_gib = 100
  }

  expect_failures = [var.max_storage_gib]
}

run "refuses_a_database_name_that_needs_quotes" {
  command = plan

  variables {
    database_name = "mcp-ui"
  }

  expect_failures = [var.database_name]
}

run "refuses_an_owner_that_is_guessed_first" {
  command = plan

  variables {
    owner_username = "postgres"
  }

  expect_failures = [var.owner_username]
}

run "refuses_an_owner_that_is_reserved" {
  command = plan

  variables {
    owner_username = "pg_owner"
  }

  expect_failures = [var.owner_username]
}

run "refuses_a_password_version_below_one" {
  command = plan

  variables {
    password_version = 0
  }

  expect_failures = [var.password_version]
}

run "refuses_backups_of_less_than_a_week" {
  command = plan

  variables {
    backup_retention_days = 6
  }

  expect_failures = [var.backup_retention_days]
}

run "refuses_backups_beyond_what_rds_keeps" {
  command = plan

  variables {
    backup_retention_days = 36
  }

  expect_failures = [var.backup_retention_days]
}

run "refuses_a_backup_window_without_an_end" {
  command = plan

  variables {
    backup_window = "00:30"
  }

  expect_failures = [var.backup_window]
}

run "refuses_a_maintenance_window_without_a_day" {
  command = plan

  variables {
    maintenance_window = "02:00-04:00"
  }

  expect_failures = [var.maintenance_window]
}

run "refuses_a_copy_of_the_secret_under_a_key_of_this_region" {
  command = plan

  variables {
    secret_copy = {
      region          = "eu-central-1"
      secrets_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
    }
  }

  expect_failures = [var.secret_copy]
}

run "refuses_a_source_by_name" {
  command = plan

  variables {
    replica_of = {
      database_arn = "evenkeel-production"
      secret_arn   = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:evenkeel/production/database"
    }
  }

  expect_failures = [var.replica_of]
}

run "refuses_a_source_secret_by_name" {
  command = plan

  variables {
    replica_of = {
      database_arn = "arn:aws:rds:eu-central-1:111122223333:db:evenkeel-production"
      secret_arn   = "evenkeel/production/database"
    }
  }

  expect_failures = [var.replica_of]
}

run "refuses_no_enhanced_monitoring" {
  command = plan

  variables {
    monitoring_interval_seconds = 0
  }

  expect_failures = [var.monitoring_interval_seconds]
}

run "refuses_an_insights_retention_that_aws_does_not_know" {
  command = plan

  variables {
    performance_insights_retention_days = 30
  }

  expect_failures = [var.performance_insights_retention_days]
}

run "refuses_to_log_each_statement_with_its_data" {
  command = plan

  variables {
    slow_query_ms = 0
  }

  expect_failures = [var.slow_query_ms]
}

run "refuses_a_log_retention_that_cloudwatch_does_not_know" {
  command = plan

  variables {
    log_retention_days = 100
  }

  expect_failures = [var.log_retention_days]
}

run "refuses_clients_from_the_internet" {
  command = plan

  variables {
    client_cidr_blocks = { everybody = "0.0.0.0/0" }
  }

  expect_failures = [var.client_cidr_blocks]
}

run "refuses_a_third_side" {
  command = plan

  variables {
    failover_side = "third"
  }

  expect_failures = [var.failover_side]
}
