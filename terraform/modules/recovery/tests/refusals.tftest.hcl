mock_provider "aws" {
  source = "../../mocks"

  mock_resource "aws_db_subnet_group" {
    defaults = { arn = "arn:aws:rds:eu-west-1:111122223333:subgrp:evenkeel-production-restore-test" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::evenkeel-production-backups-111122223333" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-west-1:111122223333:rule/mocked" }
  }
}

variables {
  stage           = "production"
  vpc_id          = "vpc-0123456789abcdef0"
  backup_key_arn  = "arn:aws:kms:eu-west-1:111122223333:key/backup"
  database_arn    = "arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production"
  alarm_topic_arn = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alarms"

  isolated_subnets = {
    eu-west-1a = "10.20.32.0/22"
    eu-west-1b = "10.20.36.0/22"
    eu-west-1c = "10.20.40.0/22"
  }

  copy_to = {
    vault_arn      = "arn:aws:backup:eu-central-1:111122223333:backup-vault:evenkeel-production-backup-copies"
    bucket_arn     = "arn:aws:s3:::evenkeel-production-backup-copies-111122223333"
    backup_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/backup"
  }
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

run "refuses_a_single_zone" {
  command = plan

  variables {
    isolated_subnets = { eu-west-1a = "10.20.32.0/22" }
  }

  expect_failures = [var.isolated_subnets]
}

run "refuses_the_same_range_twice" {
  command = plan

  variables {
    isolated_subnets = { eu-west-1a = "10.20.32.0/22", eu-west-1b = "10.20.32.0/22" }
  }

  expect_failures = [var.isolated_subnets]
}

run "refuses_a_subnet_that_is_no_range" {
  command = plan

  variables {
    isolated_subnets = { eu-west-1a = "subnet-0a", eu-west-1b = "subnet-0b" }
  }

  expect_failures = [var.isolated_subnets]
}

run "refuses_a_backup_key_by_alias" {
  command = plan

  variables {
    backup_key_arn = "alias/backup"
  }

  expect_failures = [var.backup_key_arn]
}

run "refuses_a_reader_without_a_group" {
  command = plan

  variables {
    reader = { security_group_id = "readers", cidr_blocks = ["10.20.16.0/22"] }
  }

  expect_failures = [var.reader]
}

run "refuses_a_reader_from_everywhere" {
  command = plan

  variables {
    reader = { security_group_id = "sg-readers", cidr_blocks = ["0.0.0.0/0"] }
  }

  expect_failures = [var.reader]
}

run "refuses_a_database_by_name" {
  command = plan

  variables {
    database_arn = "evenkeel-production"
    copy_to      = null
  }

  expect_failures = [var.database_arn]
}

run "refuses_a_topic_by_name" {
  command = plan

  variables {
    alarm_topic_arn = "alarms"
  }

  expect_failures = [var.alarm_topic_arn]
}

run "refuses_daily_backups_of_less_than_a_week" {
  command = plan

  variables {
    retention_days = { daily = 6 }
  }

  expect_failures = [var.retention_days]
}

run "refuses_a_layer_that_ends_before_the_one_below_it" {
  command = plan

  variables {
    retention_days = { weekly = 30 }
  }

  expect_failures = [var.retention_days]
}

run "refuses_dumps_that_are_not_kept" {
  command = plan

  variables {
    dump_retention_days = 0
  }

  expect_failures = [var.dump_retention_days]
}

run "refuses_a_vault_by_name" {
  command = plan

  variables {
    copy_to = {
      vault_arn      = "copies"
      bucket_arn     = "arn:aws:s3:::copies"
      backup_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/backup"
    }
  }

  expect_failures = [var.copy_to]
}

run "refuses_a_copy_beside_the_original" {
  command = plan

  variables {
    copy_to = {
      vault_arn      = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies"
      bucket_arn     = "arn:aws:s3:::copies"
      backup_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/backup"
    }
  }

  expect_failures = [var.copy_to]
}

run "refuses_a_bucket_by_name" {
  command = plan

  variables {
    copy_to = {
      vault_arn      = "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies"
      bucket_arn     = "copies"
      backup_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/backup"
    }
  }

  expect_failures = [var.copy_to]
}

run "refuses_a_copy_key_by_alias" {
  command = plan

  variables {
    copy_to = {
      vault_arn      = "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies"
      bucket_arn     = "arn:aws:s3:::copies"
      backup_key_arn = "alias/backup"
    }
  }

  expect_failures = [var.copy_to]
}

run "refuses_an_unknown_lock" {
  command = plan

  variables {
    lock_mode = "none"
  }

  expect_failures = [var.lock_mode]
}
