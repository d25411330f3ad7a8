mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage = "production"
}

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "-production"
  }

  expect_failures = [var.stage]
}

run "refuses_to_delete_keys_within_a_week" {
  command = plan

  variables {
    deletion_window_days = 3
  }

  expect_failures = [var.deletion_window_days]
}

run "refuses_a_key_that_is_older_than_a_year" {
  command = plan

  variables {
    rotation_days = 400
  }

  expect_failures = [var.rotation_days]
}
