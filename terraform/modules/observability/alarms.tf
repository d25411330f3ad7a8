# Limits on what one metric says. Which way is bad is in the name of the limit: `above` or `below`. `missing` says what
# silence means; where it is not said, silence is told to people as well.

locals {
  gib = 1073741824

  database_ids = toset(concat([var.database.instance_id], var.database.read_replica_ids))

  lagging_ids = toset(concat(var.database.read_replica_ids, var.database.is_replica_of_other_region ? [var.database.instance_id] : []))

  database_alarms = merge([
    for id in local.database_ids : {
      "${id}-database-processor" = {
        says       = "The processor of ${id} has been busy for ten minutes: Performance Insights tells with which statements."
        namespace  = "AWS/RDS", metric = "CPUUtilization", statistic = "Average", minutes = 10, above = 80
        dimensions = { DBInstanceIdentifier = id }
      }
      "${id}-database-connections" = {
        says       = "${id} is running out of connections."
        namespace  = "AWS/RDS", metric = "DatabaseConnections", statistic = "Maximum", minutes = 5, above = var.database.connections_max
        dimensions = { DBInstanceIdentifier = id }
      }
      "${id}-database-storage" = {
        says       = "The disk of ${id} is nearly full; a full one stops it. Storage grows by itself, but once in six hours only."
        namespace  = "AWS/RDS", metric = "FreeStorageSpace", statistic = "Minimum", minutes = 5, below = var.database.free_storage_gib_min * local.gib
        dimensions = { DBInstanceIdentifier = id }
      }
      "${id}-database-memory" = {
        says       = "${id} has less than a quarter of a GiB of memory left."
        namespace  = "AWS/RDS", metric = "FreeableMemory", statistic = "Minimum", minutes = 10, below = 0.25 * local.gib
        dimensions = { DBInstanceIdentifier = id }
      }
    }
  ]...)

  lag_alarms = {
    for id in local.lagging_ids : "${id}-database-lag" => {
      says       = "${id} is behind its source by more than ${var.database.replica_lag_seconds_max} s: that much would be lost by a promotion."
      namespace  = "AWS/RDS", metric = "ReplicaLag", statistic = "Maximum", minutes = 5, above = var.database.replica_lag_seconds_max
      dimensions = { DBInstanceIdentifier = id }
    }
  }

  cache_alarms = merge([
    for id in var.cache_node_ids : {
      "${id}-cache-processor" = {
        says       = "Redis on ${id} has been busy for five minutes; it has one thread: the slow log tells with what."
        namespace  = "AWS/ElastiCache", metric = "EngineCPUUtilization", statistic = "Average", minutes = 5, above = 80
        dimensions = { CacheClusterId = id }
      }
      "${id}-cache-memory" = {
        says       = "The memory of ${id} is nearly full: sessions will be thrown out before they end."
        namespace  = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", statistic = "Maximum", minutes = 5, above = 85
        dimensions = { CacheClusterId = id }
      }
      "${id}-cache-lag" = {
        says       = "${id} is behind its primary by more than 10 s: that much would be lost by a failover."
        namespace  = "AWS/ElastiCache", metric = "ReplicationLag", statistic = "Maximum", minutes = 5, above = 10
        dimensions = { CacheClusterId = id }
        missing    = "notBreaching" # a primary has none
      }
    }
  ]...)

  edge_alarms = merge([
    for service, slots in var.load_balancer.target_group_arn_suffixes : {
      for slot, suffix in slots : "${local.name}-${service}-${slot}-unhealthy" => {
        says       = "Pods of ${service} in slot ${slot} have failed their health checks for three minutes."
        namespace  = "AWS/ApplicationELB", metric = "UnHealthyHostCount", statistic = "Maximum", minutes = 3, above = 0
        dimensions = { LoadBalancer = var.load_balancer.arn_suffix, TargetGroup = suffix }
        missing    = "notBreaching" # an empty slot has none
      }
    }
  ]...)

  own_alarms = {
    "${local.name}-logs-red" = {
      says       = "OpenSearch has lost a part of its data, or cannot take logs."
      namespace  = "AWS/ES", metric = "ClusterStatus.red", statistic = "Maximum", minutes = 1, above = 0
      dimensions = { DomainName = local.name, ClientId = local.account }
    }
    "${local.name}-logs-storage" = {
      says = "A node of OpenSearch has less than a fifth of its disk left; at a twentieth it takes no more logs."
      # In MB, unlike everywhere else.
      namespace  = "AWS/ES", metric = "FreeStorageSpace", statistic = "Minimum", minutes = 5, below = var.opensearch.volume_gib * 1024 * 0.2
      dimensions = { DomainName = local.name, ClientId = local.account }
    }
    "${local.name}-logs-key" = {
      says       = "OpenSearch cannot reach its key: it will lose its data if that stays so."
      namespace  = "AWS/ES", metric = "KMSKeyInaccessible", statistic = "Maximum", minutes = 1, above = 0
      dimensions = { DomainName = local.name, ClientId = local.account }
      missing    = "notBreaching"
    }
    "${local.name}-alarms-undelivered" = {
      says       = "Somebody was not told of an alarm: a recipient refuses what is sent. The others, who read this, were told."
      namespace  = "AWS/SNS", metric = "NumberOfNotificationsFailed", statistic = "Sum", minutes = 1, above = 0
      dimensions = { TopicName = aws_sns_topic.alarms.name }
      missing    = "notBreaching"
    }
  }

  # Alertmanager sends a heartbeat every five minutes, whatever else it has to say; what does not come tells nothing by
  # itself, so the alarm is here, where the cluster is not needed.
  heartbeat_alarms = var.heartbeat_topic_name == null ? {} : {
    "${local.name}-monitoring-silent" = {
      says       = "Nothing has come from Alertmanager for 15 minutes, not even its heartbeat: the cluster's monitoring is down, and alerts of it tell nobody."
      namespace  = "AWS/SNS", metric = "NumberOfMessagesPublished", statistic = "Sum", minutes = 15, below = 1
      dimensions = { TopicName = var.heartbeat_topic_name }
      missing    = "breaching"
    }
  }

  alarms = merge(local.database_alarms, local.lag_alarms, local.cache_alarms, local.edge_alarms, local.own_alarms, local.heartbeat_alarms)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name                = each.key
  alarm_description         = each.value.says
  alarm_actions             = [aws_sns_topic.alarms.arn]
  ok_actions                = [aws_sns_topic.alarms.arn]
  insufficient_data_actions = [aws_sns_topic.alarms.arn]

  namespace   = each.value.namespace
  metric_name = each.value.metric
  dimensions  = each.value.dimensions
  statistic   = each.value.statistic
  period      = 60

  comparison_operator = can(each.value.below) ? "LessThanThreshold" : "GreaterThanThreshold"
  threshold           = try(each.value.below, each.value.above)
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.minutes
  treat_missing_data  = try(each.value.missing, "missing")
}
