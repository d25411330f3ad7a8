mock_provider "aws" {
  source = "../../../mocks"
}

variables {
  database_arn = "arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production"
  data_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "refuses_a_database_by_name" {
  command = plan

  variables {
    database_arn = "evenkeel-production"
  }

  expect_failures = [var.database_arn]
}

run "refuses_a_key_by_alias" {
  command = plan

  variables {
    data_key_arn = "alias/data"
  }

  expect_failures = [var.data_key_arn]
}

run "refuses_a_copy_beside_the_original" {
  command = plan

  variables {
    data_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/data"
  }

  expect_failures = [var.data_key_arn]
}

run "refuses_copies_of_less_than_a_week" {
  command = plan

  variables {
    retention_days = 6
  }

  expect_failures = [var.retention_days]
}

run "refuses_copies_beyond_what_rds_keeps" {
  command = plan

  variables {
    retention_days = 36
  }

  expect_failures = [var.retention_days]
}
