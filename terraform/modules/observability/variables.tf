variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "vpc_id" {
  description = "The network of the stage."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id must be the id of a VPC, vpc-<hexadecimal>."
  }
}

variable "data_subnet_ids" {
  description = "Subnets for OpenSearch, without a way to the internet, one per zone."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.data_subnet_ids)) >= 2
    error_message = "data_subnet_ids must name two or more different subnets, one per zone."
  }
}

variable "private_subnet_ids" {
  description = "Subnets for Grafana's way to what it shows."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.private_subnet_ids)) >= 2
    error_message = "private_subnet_ids must name two or more different subnets, one per zone."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may write and search logs, by what they stand for, such as { nodes = \"sg-…\" }. Nothing else may."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "client_security_group_ids must name at least one group: a store for logs that nobody may reach holds none."
  }

  validation {
    condition     = alltrue([for id in values(var.client_security_group_ids) : can(regex("^sg-[0-9a-f]+$", id))])
    error_message = "client_security_group_ids must be ids of security groups, sg-<hexadecimal>, never address ranges."
  }
}

variable "data_key_arn" {
  description = "KMS key that encrypts metrics and logs in their stores."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.data_key_arn))
    error_message = "data_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "logs_key_arn" {
  description = "KMS key that encrypts log groups."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.logs_key_arn))
    error_message = "logs_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "notifications_key_arn" {
  description = "KMS key that encrypts what is told to people."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.notifications_key_arn))
    error_message = "notifications_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "recipients" {
  description = "Who is told of every alarm, by name: an address of mail, or an https endpoint such as that of PagerDuty. Each must confirm once."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  nullable = false

  validation {
    condition     = length(var.recipients) > 0
    error_message = "recipients must not be empty: an alarm that tells nobody is no alarm."
  }

  validation {
    condition = alltrue([
      for recipient in values(var.recipients) :
      (recipient.protocol == "email" && can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", recipient.endpoint))) ||
      (recipient.protocol == "https" && can(regex("^https://[^/[:space:]]+", recipient.endpoint)))
    ])
    error_message = "recipients must have the protocol email with an address as endpoint, or https with a URL that starts with https://."
  }
}

variable "heartbeat_topic_name" {
  description = "Topic that the cluster's Alertmanager publishes to, its heartbeat among the rest; silence of 15 minutes is an alarm. null: no such alarm."
  type        = string
  default     = null

  validation {
    condition     = var.heartbeat_topic_name == null || can(regex("^[A-Za-z0-9_-]{1,256}$", var.heartbeat_topic_name))
    error_message = "heartbeat_topic_name must be the name of a topic, not its ARN: 1-256 letters, digits, hyphens or underscores."
  }
}

variable "services" {
  description = <<-TEXT
    Limits of each service of the catalog, by its name: the share of requests that may fail (0-1), the 95th percentile of
    latency in milliseconds, the seconds over which requests are counted (10, 30 or 60; more where traffic is thin), and
    how many requests a period needs to be judged.
  TEXT
  type = map(object({
    error_ratio      = number
    latency_p95_ms   = number
    period_seconds   = optional(number, 10)
    minimum_requests = optional(number, 20)
  }))
  nullable = false

  validation {
    condition     = length(var.services) > 0
    error_message = "services must name at least one service of config/catalog.yml."
  }

  validation {
    condition     = alltrue([for name in keys(var.services) : can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", name))])
    error_message = "services must be named as in config/catalog.yml: 2-40 lower-case letters, digits or hyphens."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.error_ratio > 0 && service.error_ratio < 1])
    error_message = "services.*.error_ratio must be above 0 and below 1: it is a share, not a percentage."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.latency_p95_ms >= 1 && service.latency_p95_ms <= 60000])
    error_message = "services.*.latency_p95_ms must be from 1 to 60000 milliseconds."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : contains([10, 30, 60], service.period_seconds)])
    error_message = "services.*.period_seconds must be 10, 30 or 60."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.minimum_requests >= 1 && floor(service.minimum_requests) == service.minimum_requests])
    error_message = "services.*.minimum_requests must be a whole number from 1: no ratio can be made of nothing."
  }
}

variable "load_balancer" {
  description = "The load balancer and the target groups of its services' slots, as CloudWatch names them."
  type = object({
    arn_suffix                = string
    target_group_arn_suffixes = map(map(string))
  })
  nullable = false

  validation {
    condition     = startswith(var.load_balancer.arn_suffix, "app/")
    error_message = "load_balancer.arn_suffix must be the last part of an application load balancer's ARN, app/<name>/<id>."
  }

  validation {
    condition     = alltrue([for slots in values(var.load_balancer.target_group_arn_suffixes) : toset(keys(slots)) == toset(["blue", "green"])])
    error_message = "load_balancer.target_group_arn_suffixes must have a blue and a green target group for each service."
  }
}

variable "database" {
  description = "The database's instances, and the limits of each: connections, free storage in GiB, and replica lag in seconds."
  type = object({
    instance_id                = string
    read_replica_ids           = list(string)
    connections_max            = number
    free_storage_gib_min       = number
    replica_lag_seconds_max    = optional(number, 60)
    is_replica_of_other_region = optional(bool, false)
  })
  nullable = false

  validation {
    condition     = var.database.connections_max >= 1
    error_message = "database.connections_max must be 1 or more: take four fifths of the instance's max_connections."
  }

  validation {
    condition     = var.database.free_storage_gib_min >= 1
    error_message = "database.free_storage_gib_min must be 1 GiB or more: a database with a full disk stops."
  }

  validation {
    condition     = var.database.replica_lag_seconds_max >= 1
    error_message = "database.replica_lag_seconds_max must be 1 second or more."
  }
}

variable "cache_node_ids" {
  description = "The cache's nodes."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.cache_node_ids) > 0
    error_message = "cache_node_ids must name the cache's nodes; the module cache has them as node_ids."
  }
}

variable "metric_retention_days" {
  description = "Days that Prometheus metrics are kept."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = var.metric_retention_days >= 30 && var.metric_retention_days <= 1095 && floor(var.metric_retention_days) == var.metric_retention_days
    error_message = "metric_retention_days must be a whole number from 30 to 1095, the most that AMP keeps."
  }
}

variable "log_retention_days" {
  description = "Days that log groups keep their events."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's retentions from 30 days: 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "opensearch" {
  description = <<-TEXT
    The store for logs: size and number of data nodes (one per zone, or a multiple), storage of each in GiB, the role of
    those who administer it and give rights in it, and whether the account still lacks the service's own role.
  TEXT
  type = object({
    instance_type          = string
    instance_count         = optional(number, 3)
    volume_gib             = optional(number, 100)
    administrator_role_arn = string
    writer_role_arns       = optional(list(string), [])
    create_service_role    = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9]+\\.[a-z0-9]+\\.search$", var.opensearch.instance_type))
    error_message = "opensearch.instance_type must be a type of OpenSearch, such as r7g.large.search."
  }

  validation {
    condition     = contains([1, 2, 3, 6, 9], var.opensearch.instance_count)
    error_message = "opensearch.instance_count must be 1, 2, 3, 6 or 9, so that zones hold equal shares."
  }

  validation {
    condition     = var.opensearch.volume_gib >= 10 && var.opensearch.volume_gib <= 3072
    error_message = "opensearch.volume_gib must be from 10 to 3072."
  }

  validation {
    condition = alltrue([
      for arn in concat([var.opensearch.administrator_role_arn], var.opensearch.writer_role_arns) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", arn))
    ])
    error_message = "opensearch.administrator_role_arn and writer_role_arns must be ARNs of roles, arn:<partition>:iam::<account>:role/<name>."
  }
}

variable "grafana" {
  description = "Groups of IAM Identity Center that administer the managed Grafana and that look at it. null: none, where the one in the cluster is enough."
  type = object({
    admin_group_ids  = set(string)
    viewer_group_ids = optional(set(string), [])
  })

  validation {
    condition     = try(length(var.grafana.admin_group_ids) > 0, var.grafana == null)
    error_message = "grafana.admin_group_ids must not be empty: nobody could let anybody in."
  }
}

variable "trace_share" {
  description = "Share of requests that are traced beyond the first of each second (0-1)."
  type        = number
  nullable    = false
  default     = 0.05

  validation {
    condition     = var.trace_share >= 0 && var.trace_share <= 1
    error_message = "trace_share must be from 0 to 1."
  }
}

variable "slow_trace_seconds" {
  description = "Traces that take at least so many seconds are in the group that people look at."
  type        = number
  nullable    = false
  default     = 1

  validation {
    condition     = var.slow_trace_seconds > 0 && var.slow_trace_seconds <= 60
    error_message = "slow_trace_seconds must be above 0 and at most 60."
  }
}
