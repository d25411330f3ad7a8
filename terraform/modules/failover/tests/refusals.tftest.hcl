mock_provider "aws" {
  source = "../../mocks"
}

mock_provider "aws" {
  alias  = "second_region"
  source = "../../mocks"
}

variables {
  stage                 = "production"
  public_target         = "d111.cloudfront.net"
  health_check_id       = "check-1"
  load_balancer_address = { host = "internal-evenkeel.elb.amazonaws.com", port = 8443 }
  network               = { vpc_id = "vpc-1", cidr_block = "10.20.0.0/16", route_table_ids = { data = "rtb-data" } }
  database = {
    name                    = "mcp-ui"
    instance_id             = "evenkeel-production"
    address                 = { host = "evenkeel-production.rds.amazonaws.com", port = 5432 }
    fence_security_group_id = "sg-fence"
  }
}

run "refuses_values_that_cannot_be_meant" {
  command = plan

  variables {
    stage                 = "p"
    public_target         = "https://d111.cloudfront.net/"
    health_check_id       = ""
    load_balancer_address = { host = "internal-evenkeel.elb.amazonaws.com", port = 0 }
  }

  expect_failures = [var.stage, var.public_target, var.health_check_id, var.load_balancer_address]
}

run "refuses_a_network_without_a_way_to_what_is_asked" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", cidr_block = "10.20.0.0/16", route_table_ids = {} }
  }

  expect_failures = [var.network]
}

run "refuses_a_second_network_that_is_the_first" {
  command = plan

  variables {
    second_network = { vpc_id = "vpc-2", cidr_block = "10.20.0.0/16", route_table_ids = ["rtb-a"] }
  }

  expect_failures = [var.second_network]
}

run "refuses_a_second_network_without_a_way" {
  command = plan

  variables {
    second_network = { vpc_id = "vpc-2", cidr_block = "10.30.0.0/16", route_table_ids = [] }
  }

  expect_failures = [var.second_network]
}

run "refuses_a_database_without_a_fence" {
  command = plan

  variables {
    database = {
      name                    = "mcp-ui"
      instance_id             = "evenkeel-production"
      address                 = { host = "evenkeel-production.rds.amazonaws.com", port = 5432 }
      fence_security_group_id = null
    }
  }

  expect_failures = [var.database]
}
