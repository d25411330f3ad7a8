mock_provider "aws" {
  source = "../../mocks"
}

override_data {
  target = data.aws_secretsmanager_random_password.this
  values = { random_password = "generated-generated" }
}

variables {
  stage                     = "production"
  vpc_id                    = "vpc-0123456789abcdef0"
  subnet_ids                = ["subnet-0a", "subnet-0b", "subnet-0c"]
  client_security_group_ids = { nodes = "sg-0123456789abcdef0" }
  data_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/data"
  secrets_key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
  logs_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/logs"
  node_type                 = "cache.r7g.large"
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

run "refuses_a_redis_that_cannot_rotate_its_token" {
  command = plan

  variables {
    engine_version = "5.0"
  }

  expect_failures = [var.engine_version]
}

run "refuses_a_node_type_that_is_not_of_elasticache" {
  command = plan

  variables {
    node_type = "r7g.large"
  }

  expect_failures = [var.node_type]
}

run "refuses_a_node_alone" {
  command = plan

  variables {
    node_count = 1
  }

  expect_failures = [var.node_count]
}

run "refuses_more_nodes_than_a_group_holds" {
  command = plan

  variables {
    node_count = 7
  }

  expect_failures = [var.node_count]
}

run "refuses_a_token_version_below_one" {
  command = plan

  variables {
    token_version = 0
  }

  expect_failures = [var.token_version]
}

run "refuses_no_snapshots" {
  command = plan

  variables {
    snapshot_retention_days = 0
  }

  expect_failures = [var.snapshot_retention_days]
}

run "refuses_snapshots_beyond_what_elasticache_keeps" {
  command = plan

  variables {
    snapshot_retention_days = 36
  }

  expect_failures = [var.snapshot_retention_days]
}

run "refuses_a_snapshot_window_without_an_end" {
  command = plan

  variables {
    snapshot_window = "00:30"
  }

  expect_failures = [var.snapshot_window]
}

run "refuses_a_maintenance_window_without_a_day" {
  command = plan

  variables {
    maintenance_window = "02:00-04:00"
  }

  expect_failures = [var.maintenance_window]
}

run "refuses_a_log_retention_that_cloudwatch_does_not_know" {
  command = plan

  variables {
    log_retention_days = 100
  }

  expect_failures = [var.log_retention_days]
}
