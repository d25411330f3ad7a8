mock_provider "aws" {
  source = "../../../mocks"
}

variables {
  stage          = "production"
  purpose        = "backups"
  backup_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/backup"
}

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "Production_1"
  }

  expect_failures = [var.stage]
}

run "refuses_another_purpose" {
  command = plan

  variables {
    purpose = "evidence"
  }

  expect_failures = [var.purpose]
}

run "refuses_a_key_by_alias" {
  command = plan

  variables {
    backup_key_arn = "alias/backup"
  }

  expect_failures = [var.backup_key_arn]
}

run "refuses_an_unknown_lock" {
  command = plan

  variables {
    lock_mode = "none"
  }

  expect_failures = [var.lock_mode]
}

run "refuses_a_longest_retention_of_less_than_a_month" {
  command = plan

  variables {
    longest_retention_days = 29
  }

  expect_failures = [var.longest_retention_days]
}

run "refuses_dumps_that_are_not_kept" {
  command = plan

  variables {
    dump_retention_days = 0
  }

  expect_failures = [var.dump_retention_days]
}

run "refuses_dumps_that_are_kept_for_longer_than_a_year" {
  command = plan

  variables {
    dump_retention_days = 366
  }

  expect_failures = [var.dump_retention_days]
}
