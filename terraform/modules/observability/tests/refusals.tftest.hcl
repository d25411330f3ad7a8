mock_provider "aws" {
  source = "../../mocks"

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:111122223333:mocked" }
  }

  mock_resource "aws_sns_topic_policy" {
    defaults = { arn = "arn:aws:sns:eu-west-1:111122223333:mocked" }
  }

  mock_resource "aws_prometheus_workspace" {
    defaults = { arn = "arn:aws:aps:eu-west-1:111122223333:workspace/mocked" }
  }

  mock_resource "aws_security_group" {
    defaults = { id = "sg-0fedcba9876543210" }
  }
}

variables {
  stage                     = "production"
  vpc_id                    = "vpc-0123456789abcdef0"
  data_subnet_ids           = ["subnet-0a", "subnet-0b", "subnet-0c"]
  private_subnet_ids        = ["subnet-1a", "subnet-1b", "subnet-1c"]
  client_security_group_ids = { nodes = "sg-0123456789abcdef0" }
  data_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/data"
  logs_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/logs"
  notifications_key_arn     = "arn:aws:kms:eu-west-1:111122223333:key/notifications"

  recipients = {
    on-call = { protocol = "https", endpoint = "https://events.example.com/integration/key" }
    team    = { protocol = "email", endpoint = "platform@example.com" }
  }

  services = {
    shop = { error_ratio = 0.05, latency_p95_ms = 500 }
    blog = { error_ratio = 0.1, latency_p95_ms = 800, period_seconds = 60, minimum_requests = 5 }
  }

  load_balancer = {
    arn_suffix = "app/evenkeel-production/50dc6c495c0c9188"
    target_group_arn_suffixes = {
      shop = { blue = "targetgroup/shop-blue/1", green = "targetgroup/shop-green/2" }
      blog = { blue = "targetgroup/blog-blue/3", green = "targetgroup/blog-green/4" }
    }
  }

  database = {
    instance_id          = "evenkeel-production"
    read_replica_ids     = ["evenkeel-production-replica-1"]
    connections_max      = 800
    free_storage_gib_min = 20
  }

  cache_node_ids = ["evenkeel-production-001", "evenkeel-production-002"]

  opensearch = {
    instance_type          = "r7g.large.search"
    administrator_role_arn = "arn:aws:iam::111122223333:role/administrator"
  }

  grafana = { admin_group_ids = ["11111111-2222-3333-4444-555555555555"] }
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

run "refuses_a_single_data_subnet" {
  command = plan

  variables {
    data_subnet_ids = ["subnet-0a"]
  }

  expect_failures = [var.data_subnet_ids]
}

run "refuses_a_single_private_subnet" {
  command = plan

  variables {
    private_subnet_ids = ["subnet-1a"]
  }

  expect_failures = [var.private_subnet_ids]
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

run "refuses_a_logs_key_by_alias" {
  command = plan

  variables {
    logs_key_arn = "alias/logs"
  }

  expect_failures = [var.logs_key_arn]
}

run "refuses_a_notifications_key_by_alias" {
  command = plan

  variables {
    notifications_key_arn = "alias/notifications"
  }

  expect_failures = [var.notifications_key_arn]
}

run "refuses_to_tell_nobody" {
  command = plan

  variables {
    recipients = {}
  }

  expect_failures = [var.recipients]
}

run "refuses_a_recipient_that_is_no_address" {
  command = plan

  variables {
    recipients = { team = { protocol = "email", endpoint = "platform" } }
  }

  expect_failures = [var.recipients]
}

run "refuses_a_recipient_over_plain_http" {
  command = plan

  variables {
    recipients = { on-call = { protocol = "https", endpoint = "http://events.example.com" } }
  }

  expect_failures = [var.recipients]
}

run "refuses_a_recipient_that_is_no_person" {
  command = plan

  variables {
    recipients = { queue = { protocol = "sqs", endpoint = "arn:aws:sqs:eu-west-1:111122223333:queue" } }
  }

  expect_failures = [var.recipients]
}

run "refuses_no_services" {
  command = plan

  variables {
    services = {}
  }

  expect_failures = [var.services]
}

run "refuses_a_service_that_the_catalog_would_not_take" {
  command = plan

  variables {
    services = { Shop_1 = { error_ratio = 0.05, latency_p95_ms = 500 } }
  }

  expect_failures = [var.services]
}

run "refuses_an_error_ratio_in_percent" {
  command = plan

  variables {
    services = { shop = { error_ratio = 5, latency_p95_ms = 500 } }
  }

  expect_failures = [var.services]
}

run "refuses_an_error_ratio_that_always_fires" {
  command = plan

  variables {
    services = { shop = { error_ratio = 0, latency_p95_ms = 500 } }
  }

  expect_failures = [var.services]
}

run "refuses_a_latency_of_nothing" {
  command = plan

  variables {
    services = { shop = { error_ratio = 0.05, latency_p95_ms = 0 } }
  }

  expect_failures = [var.services]
}

run "refuses_a_period_that_alarms_do_not_know" {
  command = plan

  variables {
    services = { shop = { error_ratio = 0.05, latency_p95_ms = 500, period_seconds = 15 } }
  }

  expect_failures = [var.services]
}

run "refuses_a_ratio_of_nothing" {
  command = plan

  variables {
    services = { shop = { error_ratio = 0.05, latency_p95_ms = 500, minimum_requests = 0 } }
  }

  expect_failures = [var.services]
}

run "refuses_a_load_balancer_by_arn" {
  command = plan

  variables {
    load_balancer = {
      arn_suffix                = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/x/1"
      target_group_arn_suffixes = {}
    }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_a_service_with_one_slot" {
  command = plan

  variables {
    load_balancer = {
      arn_suffix                = "app/evenkeel-production/50dc6c495c0c9188"
      target_group_arn_suffixes = { shop = { blue = "targetgroup/shop-blue/1" } }
    }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_no_connections_at_all" {
  command = plan

  variables {
    database = {
      instance_id          = "evenkeel-production"
      read_replica_ids     = []
      connections_max      = 0
      free_storage_gib_min = 20
    }
  }

  expect_failures = [var.database]
}

run "refuses_a_disk_that_may_be_full" {
  command = plan

  variables {
    database = {
      instance_id          = "evenkeel-production"
      read_replica_ids     = []
      connections_max      = 800
      free_storage_gib_min = 0
    }
  }

  expect_failures = [var.database]
}

run "refuses_a_lag_of_nothing" {
  command = plan

  variables {
    database = {
      instance_id             = "evenkeel-production"
      read_replica_ids        = []
      connections_max         = 800
      free_storage_gib_min    = 20
      replica_lag_seconds_max = 0
    }
  }

  expect_failures = [var.database]
}

run "refuses_a_cache_without_nodes" {
  command = plan

  variables {
    cache_node_ids = []
  }

  expect_failures = [var.cache_node_ids]
}

run "refuses_metrics_of_less_than_a_month" {
  command = plan

  variables {
    metric_retention_days = 29
  }

  expect_failures = [var.metric_retention_days]
}

run "refuses_metrics_beyond_what_amp_keeps" {
  command = plan

  variables {
    metric_retention_days = 1096
  }

  expect_failures = [var.metric_retention_days]
}

run "refuses_a_log_retention_that_cloudwatch_does_not_know" {
  command = plan

  variables {
    log_retention_days = 100
  }

  expect_failures = [var.log_retention_days]
}

run "refuses_a_type_that_is_not_of_opensearch" {
  command = plan

  variables {
    opensearch = {
      instance_type          = "r7g.large"
      administrator_role_arn = "arn:aws:iam::111122223333:role/administrator"
    }
  }

  expect_failures = [var.opensearch]
}

run "refuses_nodes_that_zones_cannot_share" {
  command = plan

  variables {
    opensearch = {
      instance_type          = "r7g.large.search"
      administrator_role_arn = "arn:aws:iam::111122223333:role/administrator"
      instance_count         = 4
    }
  }

  expect_failures = [var.opensearch]
}

run "refuses_a_disk_smaller_than_opensearch_has" {
  command = plan

  variables {
    opensearch = {
      instance_type          = "r7g.large.search"
      administrator_role_arn = "arn:aws:iam::111122223333:role/administrator"
      volume_gib             = 5
    }
  }

  expect_failures = [var.opensearch]
}

run "refuses_an_administrator_who_is_a_user" {
  command = plan

  variables {
    opensearch = {
      instance_type          = "r7g.large.search"
      administrator_role_arn = "arn:aws:iam::111122223333:user/admin"
    }
  }

  expect_failures = [var.opensearch]
}

run "refuses_a_writer_who_is_everyone" {
  command = plan

  variables {
    opensearch = {
      instance_type          = "r7g.large.search"
      administrator_role_arn = "arn:aws:iam::111122223333:role/administrator"
      writer_role_arns       = ["*"]
    }
  }

  expect_failures = [var.opensearch]
}

run "refuses_a_grafana_that_nobody_administers" {
  command = plan

  variables {
    grafana = { admin_group_ids = [] }
  }

  expect_failures = [var.grafana]
}

run "refuses_to_trace_more_than_all" {
  command = plan

  variables {
    trace_share = 1.1
  }

  expect_failures = [var.trace_share]
}

run "refuses_to_call_everything_slow" {
  command = plan

  variables {
    slow_trace_seconds = 0
  }

  expect_failures = [var.slow_trace_seconds]
}

run "refuses_a_heartbeat_topic_by_arn" {
  command = plan

  variables {
    heartbeat_topic_name = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alerts"
  }

  expect_failures = [var.heartbeat_topic_name]
}
