mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage        = "production"
  cidr_block   = "10.20.0.0/16"
  logs_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/logs"
}

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "Production_1"
  }

  expect_failures = [var.stage]
}

run "refuses_a_public_range" {
  command = plan

  variables {
    cidr_block = "8.8.0.0/16"
  }

  expect_failures = [var.cidr_block]
}

run "refuses_a_range_too_small_for_pods" {
  command = plan

  variables {
    cidr_block = "10.20.0.0/24"
  }

  expect_failures = [var.cidr_block]
}

run "refuses_a_range_that_does_not_start_at_its_first_address" {
  command = plan

  variables {
    cidr_block = "10.20.1.0/16"
  }

  expect_failures = [var.cidr_block]
}

run "refuses_an_unknown_number_of_nat_gateways" {
  command = plan

  variables {
    nat_gateways = "none"
  }

  expect_failures = [var.nat_gateways]
}

run "refuses_full_endpoint_names" {
  command = plan

  variables {
    interface_endpoints = ["com.amazonaws.eu-west-1.sts"]
  }

  expect_failures = [var.interface_endpoints]
}

run "refuses_capitals_in_endpoint_names" {
  command = plan

  variables {
    interface_endpoints = ["STS"]
  }

  expect_failures = [var.interface_endpoints]
}

run "refuses_to_pay_for_an_endpoint_that_is_free" {
  command = plan

  variables {
    interface_endpoints = ["s3"]
  }

  expect_failures = [var.interface_endpoints]
}

run "refuses_a_retention_that_cloudwatch_does_not_know" {
  command = plan

  variables {
    flow_log_retention_days = 100
  }

  expect_failures = [var.flow_log_retention_days]
}

run "refuses_a_key_by_alias" {
  command = plan

  variables {
    logs_key_arn = "alias/logs"
  }

  expect_failures = [var.logs_key_arn]
}

run "refuses_a_peer_that_is_too_wide" {
  command = plan

  variables {
    peer_cidr_blocks = ["10.0.0.0/8"]
  }

  expect_failures = [var.peer_cidr_blocks]
}

run "refuses_itself_as_a_peer" {
  command = plan

  variables {
    peer_cidr_blocks = ["10.20.0.0/16"]
  }

  expect_failures = [var.peer_cidr_blocks]
}
