mock_provider "aws" {
  source = "../../mocks"
}

mock_provider "aws" {
  alias  = "cloudfront"
  source = "../../mocks"
}

variables {
  stage                  = "production"
  domain                 = "mcp-ui.example.com"
  hosted_zone_id         = "Z0123456789EXAMPLE"
  vpc_id                 = "vpc-1"
  public_subnet_ids      = ["subnet-pa", "subnet-pb", "subnet-pc"]
  internal_subnet_ids    = ["subnet-a", "subnet-b", "subnet-c"]
  node_security_group_id = "sg-nodes"
  prober_cidrs           = ["10.20.0.0/16"]
  services = {
    mcp-manager  = { host = "api", priority = 10, port = 8080, health_path = "/health" }
    mcp-frontend = { host = "", priority = 20, port = 8443, protocol = "HTTPS", health_path = "/healthz" }
  }
}

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "p"
  }

  expect_failures = [var.stage]
}

run "refuses_a_domain_with_a_final_dot" {
  command = plan

  variables {
    domain = "mcp-ui.example.com."
  }

  expect_failures = [var.domain]
}

run "refuses_a_zone_by_name" {
  command = plan

  variables {
    hosted_zone_id = "example.com"
  }

  expect_failures = [var.hosted_zone_id]
}

run "refuses_no_services" {
  command = plan

  variables {
    services = {}
  }

  expect_failures = [var.services]
}

run "refuses_a_name_too_long_for_a_target_group" {
  command = plan

  variables {
    services = { a-service-with-a-long-name1 = { host = "api", priority = 10, port = 8080, health_path = "/health" } }
  }

  expect_failures = [var.services]
}

run "refuses_a_host_of_two_labels" {
  command = plan

  variables {
    services = { mcp-manager = { host = "api.v2", priority = 10, port = 8080, health_path = "/health" } }
  }

  expect_failures = [var.services]
}

run "refuses_the_host_of_the_test_listener" {
  command = plan

  variables {
    services = { mcp-manager = { host = "slots-production", priority = 10, port = 8080, health_path = "/health" } }
  }

  expect_failures = [var.services]
}

run "refuses_one_host_for_two_services" {
  command = plan

  variables {
    services = {
      mcp-manager  = { host = "api", priority = 10, port = 8080, health_path = "/health" }
      mcp-frontend = { host = "api", priority = 20, port = 8080, health_path = "/health" }
    }
  }

  expect_failures = [var.services]
}

run "refuses_one_priority_for_two_services" {
  command = plan

  variables {
    services = {
      mcp-manager  = { host = "api", priority = 10, port = 8080, health_path = "/health" }
      mcp-frontend = { host = "", priority = 10, port = 8080, health_path = "/health" }
    }
  }

  expect_failures = [var.services]
}

run "refuses_an_unknown_protocol" {
  command = plan

  variables {
    services = { mcp-manager = { host = "api", priority = 10, port = 8080, health_path = "/health", protocol = "TCP" } }
  }

  expect_failures = [var.services]
}

run "refuses_a_port_of_root" {
  command = plan

  variables {
    services = { mcp-manager = { host = "api", priority = 10, port = 80, health_path = "/health" } }
  }

  expect_failures = [var.services]
}

run "refuses_a_health_path_without_a_slash" {
  command = plan

  variables {
    services = { mcp-manager = { host = "api", priority = 10, port = 8080, health_path = "health" } }
  }

  expect_failures = [var.services]
}

run "refuses_to_drain_for_more_than_an_hour" {
  command = plan

  variables {
    services = { mcp-manager = { host = "api", priority = 10, port = 8080, health_path = "/health", drain_seconds = 7200 } }
  }

  expect_failures = [var.services]
}

run "refuses_a_network_by_name" {
  command = plan

  variables {
    vpc_id = "production"
  }

  expect_failures = [var.vpc_id]
}

run "refuses_one_public_subnet" {
  command = plan

  variables {
    public_subnet_ids = ["subnet-pa"]
  }

  expect_failures = [var.public_subnet_ids]
}

run "refuses_one_internal_subnet" {
  command = plan

  variables {
    internal_subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.internal_subnet_ids]
}

run "refuses_a_security_group_by_name" {
  command = plan

  variables {
    node_security_group_id = "nodes"
  }

  expect_failures = [var.node_security_group_id]
}

run "refuses_slots_without_probers" {
  command = plan

  variables {
    prober_cidrs = []
  }

  expect_failures = [var.prober_cidrs]
}

run "refuses_slots_that_everybody_can_try" {
  command = plan

  variables {
    prober_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.prober_cidrs]
}

run "refuses_an_unknown_price_class" {
  command = plan

  variables {
    price_class = "PriceClass_300"
  }

  expect_failures = [var.price_class]
}

run "refuses_a_rate_that_blocks_everybody" {
  command = plan

  variables {
    firewall_requests_per_5_minutes = 10
  }

  expect_failures = [var.firewall_requests_per_5_minutes]
}

run "refuses_a_third_side" {
  command = plan

  variables {
    failover = { side = "third", drill_service = "mcp-manager" }
  }

  expect_failures = [var.failover]
}

run "refuses_a_drill_that_no_service_answers" {
  command = plan

  variables {
    failover = { side = "primary", drill_service = "shop" }
  }

  expect_failures = [var.failover]
}

run "refuses_a_second_side_that_names_could_lead_to_while_its_database_takes_no_writes" {
  command = plan

  variables {
    failover = { side = "second", drill_service = "mcp-manager" }
  }

  expect_failures = [var.failover]
}

run "refuses_to_lock_out_its_own_certificate_authority" {
  command = plan

  variables {
    certificate_authorities = ["letsencrypt.org"]
  }

  expect_failures = [var.certificate_authorities]
}

run "refuses_to_keep_addresses_of_people_for_years" {
  command = plan

  variables {
    access_log_retention_days = 3650
  }

  expect_failures = [var.access_log_retention_days]
}
