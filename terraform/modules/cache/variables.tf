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
  description = "The network that the cache is in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id must be the id of a VPC, vpc-<hexadecimal>."
  }
}

variable "subnet_ids" {
  description = "Subnets without a way to the internet, in at least two zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.subnet_ids)) >= 2
    error_message = "subnet_ids must name two or more different subnets: a replica needs a zone of its own."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect, by what they stand for, such as { nodes = \"sg-…\" }. Nothing else may."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "client_security_group_ids must name at least one group: a cache that nobody may reach serves nobody."
  }

  validation {
    condition     = alltrue([for id in values(var.client_security_group_ids) : can(regex("^sg-[0-9a-f]+$", id))])
    error_message = "client_security_group_ids must be ids of security groups, sg-<hexadecimal>, never address ranges."
  }
}

variable "data_key_arn" {
  description = "KMS key that encrypts memory on disk and snapshots."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.data_key_arn))
    error_message = "data_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "secrets_key_arn" {
  description = "KMS key that encrypts the secret with the token."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.secrets_key_arn))
    error_message = "secrets_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "logs_key_arn" {
  description = "KMS key that encrypts the logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.logs_key_arn))
    error_message = "logs_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "engine_version" {
  description = "Redis version. The minor version is upgraded in the maintenance window."
  type        = string
  nullable    = false
  default     = "7.1"

  validation {
    condition     = can(regex("^7\\.[0-9]$", var.engine_version))
    error_message = "engine_version must be a Redis version of ElastiCache from 7.0, such as 7.1: older ones change their tokens only with a restart."
  }
}

variable "node_type" {
  description = "Size of each node, such as cache.r7g.large."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^cache\\.[a-z0-9]+\\.[a-z0-9]+$", var.node_type))
    error_message = "node_type must be a node type of ElastiCache, such as cache.r7g.large."
  }
}

variable "node_count" {
  description = "Nodes: one primary, the others replicas, spread over the zones."
  type        = number
  nullable    = false
  default     = 3

  validation {
    condition     = var.node_count >= 2 && var.node_count <= 6 && floor(var.node_count) == var.node_count
    error_message = "node_count must be a whole number from 2 to 6: with one node there is nobody to take over."
  }
}

variable "token_version" {
  description = "Raise it by one to get a new token, in the cache and in the secret. The old one goes on working until the next change."
  type        = number
  nullable    = false
  default     = 1

  validation {
    condition     = var.token_version >= 1 && floor(var.token_version) == var.token_version
    error_message = "token_version must be a whole number from 1."
  }
}

variable "snapshot_retention_days" {
  description = "Days that the daily snapshots are kept."
  type        = number
  nullable    = false
  default     = 7

  validation {
    condition     = var.snapshot_retention_days >= 1 && var.snapshot_retention_days <= 35 && floor(var.snapshot_retention_days) == var.snapshot_retention_days
    error_message = "snapshot_retention_days must be a whole number from 1 to 35, the most that ElastiCache keeps."
  }
}

variable "snapshot_window" {
  description = "Daily time of the snapshot, UTC; it must not overlap with maintenance_window."
  type        = string
  nullable    = false
  default     = "00:30-01:00"

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", var.snapshot_window))
    error_message = "snapshot_window must be two times of day in UTC, such as 00:30-01:00."
  }
}

variable "maintenance_window" {
  description = "Weekly time in which AWS may patch and fail over, UTC."
  type        = string
  nullable    = false
  default     = "sun:04:00-sun:05:00"

  validation {
    condition     = can(regex("^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance_window))
    error_message = "maintenance_window must be two days and times in UTC, such as sun:04:00-sun:05:00."
  }
}

variable "deletion_protection" {
  description = "Whether a deleted cache leaves a last snapshot, and its secret can be brought back. Off only where both may be lost."
  type        = bool
  nullable    = false
  default     = true
}

variable "log_retention_days" {
  description = "Days that the logs are kept."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's retentions from 30 days: 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}
