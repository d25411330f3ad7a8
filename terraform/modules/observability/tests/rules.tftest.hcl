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

run "rule_every_alarm_tells_someone" {
  assert {
    condition = length(output.alarm_names) > 20 && alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.this),
        values(aws_cloudwatch_metric_alarm.traffic),
        values(aws_cloudwatch_metric_alarm.unmeasured),
        [aws_cloudwatch_metric_alarm.edge_failures],
      ) : alarm.actions_enabled != false && alarm.alarm_actions == toset([aws_sns_topic.alarms.arn]) && alarm.ok_actions == toset([aws_sns_topic.alarms.arn])
    ])
    error_message = "Every alarm must tell the alarm topic when it fires and when it is over (alarm_actions, ok_actions)."
  }

  assert {
    condition     = length(aws_sns_topic_subscription.recipient) == 2 && alltrue([for recipient in aws_sns_topic_subscription.recipient : recipient.topic_arn == aws_sns_topic.alarms.arn])
    error_message = "Every recipient must be subscribed to the alarm topic."
  }
}

run "rule_every_alarm_says_what_is_wrong" {
  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.this),
        values(aws_cloudwatch_metric_alarm.traffic),
        values(aws_cloudwatch_metric_alarm.unmeasured),
        [aws_cloudwatch_metric_alarm.edge_failures],
      ) : length(alarm.alarm_description) > 20
    ])
    error_message = "Every alarm must have a description that a woken person can use."
  }
}

run "rule_each_service_has_the_alarms_that_its_releases_are_undone_by" {
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.traffic)) == toset(["shop-error-ratio", "shop-latency", "blog-error-ratio", "blog-latency"])
    error_message = "Each service must have <service>-error-ratio and <service>-latency, the names in config/catalog.yml."
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.traffic : alltrue([
        for query in alarm.metric_query : alltrue([for metric in query.metric : metric.namespace == "Evenkeel/Traffic" && toset(keys(metric.dimensions)) == toset(["Service", "Slot"])])
      ])
    ])
    error_message = "They must judge the metrics that releases are judged by: Evenkeel/Traffic by Service and Slot."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.traffic["shop-error-ratio"].threshold == 0.05 && aws_cloudwatch_metric_alarm.traffic["shop-latency"].threshold == 500
    error_message = "They must have the service's own limits."
  }
}

run "rule_traffic_is_judged_in_periods_of_ten_seconds_unless_it_is_thin" {
  assert {
    condition = alltrue(flatten([
      for name, period in { shop-error-ratio = 10, shop-latency = 10, blog-error-ratio = 60 } : [
        for query in aws_cloudwatch_metric_alarm.traffic[name].metric_query : [for metric in query.metric : metric.period == period]
      ]
    ]))
    error_message = "Requests must be counted in the service's period, by default ten seconds."
  }
}

run "rule_error_alarms_are_ratios_that_gaps_cannot_hide" {
  assert {
    condition = alltrue([
      for query in aws_cloudwatch_metric_alarm.traffic["shop-error-ratio"].metric_query :
      query.expression == "MAX([IF(FILL(blue_requests, 0) >= 20, FILL(blue_value, 0) / FILL(blue_requests, 1), 0), IF(FILL(green_requests, 0) >= 20, FILL(green_value, 0) / FILL(green_requests, 1), 0)])"
      if query.id == "worst"
    ])
    error_message = "The error ratio must be failures by requests of the worse slot, gaps filled with zeros, judged on enough requests only."
  }

  assert {
    condition = alltrue(flatten([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.traffic), values(aws_cloudwatch_metric_alarm.unmeasured), [aws_cloudwatch_metric_alarm.edge_failures]) : [
        for query in alarm.metric_query : strcontains(query.expression, "FILL(") if query.return_data == true
      ]
    ]))
    error_message = "Every alarm on a calculation must fill gaps."
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.traffic), values(aws_cloudwatch_metric_alarm.unmeasured), [aws_cloudwatch_metric_alarm.edge_failures]) :
      length([for query in alarm.metric_query : query if query.return_data == true]) == 1
    ])
    error_message = "Every alarm on a calculation must return exactly one series."
  }
}

run "rule_silence_is_not_health" {
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.unmeasured) == 2 && alltrue([for alarm in aws_cloudwatch_metric_alarm.unmeasured : alarm.treat_missing_data == "breaching"])
    error_message = "Each service must have an alarm that fires when nobody counts its requests."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.traffic : alarm.treat_missing_data == "missing"])
    error_message = "Without data, an alarm that undoes releases must say so: a gate must not take it for quiet."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.insufficient_data_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "An alarm that loses its data must tell someone."
  }
}

run "rule_silence_of_the_clusters_monitoring_is_told_from_outside" {
  variables {
    heartbeat_topic_name = "evenkeel-production-alerts"
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["evenkeel-production-monitoring-silent"].treat_missing_data == "breaching" &&
      aws_cloudwatch_metric_alarm.this["evenkeel-production-monitoring-silent"].comparison_operator == "LessThanThreshold" &&
      aws_cloudwatch_metric_alarm.this["evenkeel-production-monitoring-silent"].threshold == 1 &&
      aws_cloudwatch_metric_alarm.this["evenkeel-production-monitoring-silent"].dimensions.TopicName == "evenkeel-production-alerts" &&
      aws_cloudwatch_metric_alarm.this["evenkeel-production-monitoring-silent"].alarm_actions == toset([aws_sns_topic.alarms.arn])
    )
    error_message = "When Alertmanager's heartbeat stays away, somebody must be told by what is not in the cluster."
  }
}

run "rule_every_instance_of_the_database_is_watched" {
  assert {
    condition = alltrue(flatten([
      for id in ["evenkeel-production", "evenkeel-production-replica-1"] : [
        for what in ["processor", "connections", "storage", "memory"] : contains(keys(aws_cloudwatch_metric_alarm.this), "${id}-database-${what}")
      ]
    ]))
    error_message = "Each instance must have alarms on processor, connections, storage and memory."
  }

  assert {
    condition     = contains(keys(aws_cloudwatch_metric_alarm.this), "evenkeel-production-replica-1-database-lag") && !contains(keys(aws_cloudwatch_metric_alarm.this), "evenkeel-production-database-lag")
    error_message = "Each replica must have an alarm on its lag, and a primary has none to be late by."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["evenkeel-production-database-storage"].comparison_operator == "LessThanThreshold" &&
      aws_cloudwatch_metric_alarm.this["evenkeel-production-database-storage"].threshold == 20 * 1024 * 1024 * 1024
    )
    error_message = "The alarm on storage must fire below the limit, in bytes as RDS counts."
  }
}

run "rule_failovers_are_told" {
  assert {
    condition = (
      aws_db_event_subscription.database.sns_topic == aws_sns_topic.alarms.arn &&
      contains(aws_db_event_subscription.database.event_categories, "failover") &&
      contains(aws_db_event_subscription.database.event_categories, "failure") &&
      aws_db_event_subscription.database.source_ids == toset(["evenkeel-production", "evenkeel-production-replica-1"])
    )
    error_message = "Failovers and failures of every instance must be told to people."
  }
}

run "rule_every_cache_node_and_every_slot_is_watched" {
  assert {
    condition = alltrue(flatten([
      for id in var.cache_node_ids : [for what in ["processor", "memory", "lag"] : contains(keys(aws_cloudwatch_metric_alarm.this), "${id}-cache-${what}")]
    ]))
    error_message = "Each node of the cache must have alarms on processor, memory and lag."
  }

  assert {
    condition = alltrue(flatten([
      for service in ["shop", "blog"] : [for slot in ["blue", "green"] : contains(keys(aws_cloudwatch_metric_alarm.this), "evenkeel-production-${service}-${slot}-unhealthy")]
    ]))
    error_message = "Each slot of each service must have an alarm on unhealthy pods."
  }
}

run "rule_a_replica_of_another_region_is_watched_for_lag" {
  variables {
    database = {
      instance_id                = "evenkeel-second-region"
      read_replica_ids           = []
      connections_max            = 800
      free_storage_gib_min       = 20
      is_replica_of_other_region = true
    }
  }

  assert {
    condition     = contains(keys(aws_cloudwatch_metric_alarm.this), "evenkeel-second-region-database-lag")
    error_message = "A primary that follows another region must have an alarm on its lag."
  }
}

run "rule_only_services_of_this_account_may_publish" {
  assert {
    condition = length(data.aws_iam_policy_document.alarms.statement) == 2 && alltrue([
      for statement in data.aws_iam_policy_document.alarms.statement : anytrue([
        for condition in statement.condition : condition.variable == "aws:SourceAccount" && condition.values == tolist(["111122223333"])
      ]) if statement.sid != "EncryptedOnTheWay"
    ])
    error_message = "What a service may publish must come from this account."
  }
}

run "rule_everything_is_encrypted" {
  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.notifications_key_arn
    error_message = "The alarm topic must be encrypted with the notifications key."
  }

  assert {
    condition     = aws_sns_topic.alarms.signature_version == 2
    error_message = "Alarms must be signed with SHA-256 (signature_version = 2), so that who receives them by https can tell whose they are."
  }

  assert {
    condition     = aws_prometheus_workspace.this.kms_key_arn == var.data_key_arn
    error_message = "Metrics must be encrypted with the data key."
  }

  assert {
    condition = (
      aws_opensearch_domain.this.encrypt_at_rest[0].enabled && aws_opensearch_domain.this.encrypt_at_rest[0].kms_key_id == var.data_key_arn &&
      aws_opensearch_domain.this.node_to_node_encryption[0].enabled &&
      aws_opensearch_domain.this.domain_endpoint_options[0].enforce_https &&
      startswith(aws_opensearch_domain.this.domain_endpoint_options[0].tls_security_policy, "Policy-Min-TLS-1-2")
    )
    error_message = "OpenSearch must be encrypted at rest, between its nodes, and on the way with TLS 1.2 or newer."
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.this) == 5 && alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.logs_key_arn && group.retention_in_days == 365])
    error_message = "Every log group must have the logs key and a retention."
  }
}

run "rule_logs_are_in_the_network_and_shown_to_roles_only" {
  assert {
    condition     = length(aws_opensearch_domain.this.vpc_options[0].subnet_ids) == 3 && aws_opensearch_domain.this.vpc_options[0].security_group_ids == toset([aws_security_group.opensearch.id])
    error_message = "OpenSearch must be in the data subnets, behind its own security group."
  }

  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.opensearch : rule.referenced_security_group_id != null && rule.cidr_ipv4 == null && rule.from_port == 443 && rule.to_port == 443
    ])
    error_message = "Only named groups may reach OpenSearch, by HTTPS."
  }

  assert {
    condition = (
      aws_opensearch_domain.this.advanced_security_options[0].enabled &&
      !aws_opensearch_domain.this.advanced_security_options[0].anonymous_auth_enabled &&
      !aws_opensearch_domain.this.advanced_security_options[0].internal_user_database_enabled
    )
    error_message = "OpenSearch must give rights by role: no anonymous access, no passwords."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.opensearch.statement : [for principal in statement.principals : [for identifier in principal.identifiers : identifier != "*"]]
    ]))
    error_message = "The policy of OpenSearch must name roles."
  }
}

run "rule_a_zone_may_fail_without_losing_logs" {
  assert {
    condition = (
      aws_opensearch_domain.this.cluster_config[0].zone_awareness_enabled &&
      aws_opensearch_domain.this.cluster_config[0].zone_awareness_config[0].availability_zone_count == 3 &&
      aws_opensearch_domain.this.cluster_config[0].dedicated_master_count == 3
    )
    error_message = "By default OpenSearch must be spread over three zones, with masters of its own."
  }
}

run "rule_metrics_are_kept_for_a_year" {
  assert {
    condition     = aws_prometheus_workspace_configuration.this.retention_period_in_days == 365
    error_message = "Prometheus metrics must be kept for a year by default."
  }
}

run "rule_runs_of_the_control_plane_are_all_traced" {
  assert {
    condition     = aws_xray_sampling_rule.this["control-plane"].fixed_rate == 1 && aws_xray_sampling_rule.this["control-plane"].priority < aws_xray_sampling_rule.this["requests"].priority
    error_message = "Everything that the control plane does must be traced, before the share for requests is applied."
  }

  assert {
    condition     = alltrue([for rule in aws_xray_sampling_rule.this : length(rule.rule_name) <= 32]) && length(aws_xray_sampling_rule.this) == 3
    error_message = "Names of sampling rules must have 32 characters at most."
  }
}

run "rule_traces_of_trouble_are_found_together" {
  assert {
    condition     = aws_xray_group.trouble.filter_expression == "fault = true OR error = true OR responsetime >= 1"
    error_message = "What failed and what was slow must be in the group of traces that people look at."
  }
}

run "rule_people_see_grafana_with_their_own_login" {
  assert {
    condition     = one(aws_grafana_workspace.this[*].authentication_providers) == tolist(["AWS_SSO"]) && one(aws_grafana_workspace.this[*].permission_type) == "CUSTOMER_MANAGED"
    error_message = "Grafana must be entered through IAM Identity Center, with the role that is written here."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.grafana) == 1 && aws_vpc_security_group_egress_rule.grafana[0].from_port == 443
    error_message = "Grafana must speak HTTPS only."
  }
}

run "rule_without_managed_grafana_nothing_of_it_is_made" {
  variables {
    grafana = null
  }

  assert {
    condition     = length(aws_grafana_workspace.this) + length(aws_iam_role.grafana) + length(aws_security_group.grafana) + length(aws_grafana_role_association.this) == 0
    error_message = "Without managed Grafana there must be no role and no group for it."
  }
}

run "rule_no_action_is_a_wildcard" {
  assert {
    condition = length(data.aws_iam_policy_document.grafana.statement) > 0 && alltrue(flatten([
      for document in [
        data.aws_iam_policy_document.alarms,
        data.aws_iam_policy_document.grafana,
        data.aws_iam_policy_document.grafana_trust,
        data.aws_iam_policy_document.opensearch,
        data.aws_iam_policy_document.opensearch_logs,
      ] : [for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]]
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}
