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
  description = "The network that the database is in."
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
    error_message = "subnet_ids must name two or more different subnets: a standby needs a zone of its own."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect, by what they stand for, such as { nodes = \"sg-…\" }. Nothing else may."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "client_security_group_ids must name at least one group: a database that nobody may reach serves nobody."
  }

  validation {
    condition     = alltrue([for id in values(var.client_security_group_ids) : can(regex("^sg-[0-9a-f]+$", id))])
    error_message = "client_security_group_ids must be ids of security groups, sg-<hexadecimal>, never address ranges."
  }
}

variable "client_cidr_blocks" {
  description = "Ranges that may connect as well, by what they stand for. Only for control planes of other regions, of which no security group can be named."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for range in values(var.client_cidr_blocks) : can(cidrnetmask(range)) && can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", range)) && try(tonumber(split("/", range)[1]) >= 16, false)])
    error_message = "client_cidr_blocks must be private IPv4 ranges with a prefix of /16 or longer: no database is for everybody."
  }
}

variable "failover_side" {
  description = "The tag evenkeel:failover, without which no machine may fence or promote this database: primary or second. null: none may."
  type        = string
  default     = null

  validation {
    condition     = var.failover_side == null || contains(["primary", "second"], coalesce(var.failover_side, "none"))
    error_message = "failover_side must be primary, second or null."
  }
}

variable "data_key_arn" {
  description = "KMS key that encrypts storage, snapshots and Performance Insights."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.data_key_arn))
    error_message = "data_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "secrets_key_arn" {
  description = "KMS key that encrypts the secret with the login."
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
  description = "PostgreSQL version. With the major version alone, AWS picks the newest minor one and upgrades it in the maintenance window."
  type        = string
  nullable    = false
  default     = "17"

  validation {
    condition     = can(regex("^1[5-8](\\.[0-9]{1,2})?$", var.engine_version))
    error_message = "engine_version must be a PostgreSQL version from 15 to 18, such as 17 or 17.6."
  }
}

variable "instance_class" {
  description = "Size of the primary and its standby, such as db.r7g.large."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class must be a class of RDS, such as db.r7g.large."
  }
}

variable "multi_az" {
  description = "Whether a standby in another zone takes over when the primary fails."
  type        = bool
  nullable    = false
  default     = true
}

variable "read_replica_count" {
  description = "Read replicas in this region."
  type        = number
  nullable    = false
  default     = 1

  validation {
    condition     = var.read_replica_count >= 0 && var.read_replica_count <= 15 && floor(var.read_replica_count) == var.read_replica_count
    error_message = "read_replica_count must be a whole number from 0 to 15, the most that RDS allows."
  }
}

variable "read_replica_instance_class" {
  description = "Size of the read replicas; null means as the primary."
  type        = string
  default     = null

  validation {
    condition     = var.read_replica_instance_class == null || can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.read_replica_instance_class))
    error_message = "read_replica_instance_class must be null or a class of RDS, such as db.r7g.large."
  }
}

variable "storage_gib" {
  description = "Storage at the start, in GiB."
  type        = number
  nullable    = false
  default     = 100

  validation {
    condition     = var.storage_gib >= 20 && var.storage_gib <= 65536 && floor(var.storage_gib) == var.storage_gib
    error_message = "storage_gib must be a whole number from 20 to 65536."
  }
}

variable "max_storage_gib" {
  description = "How far storage may grow by itself, in GiB."
  type        = number
  nullable    = false
  default     = 1000

  validation {
    condition     = var.max_storage_gib >= var.storage_gib * 1.1 && var.max_storage_gib <= 65536
    error_message = "max_storage_gib must be at least a tenth above storage_gib, and 65536 at most."
  }
}

variable "database_name" {
  description = "Database made at the start."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "database_name must be 1-63 lower-case letters, digits or underscores, starting with a letter."
  }
}

variable "owner_username" {
  description = "The login that owns the database."
  type        = string
  nullable    = false
  default     = "evenkeel_owner"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.owner_username)) && !contains(["admin", "postgres", "rdsadmin"], var.owner_username) && !startswith(var.owner_username, "pg_")
    error_message = "owner_username must be 1-63 lower-case letters, digits or underscores, starting with a letter, and none of admin, postgres, rdsadmin and pg_…: those are guessed first or reserved."
  }
}

variable "password_version" {
  description = "Raise it by one to get a new password, in the database and in the secret."
  type        = number
  nullable    = false
  default     = 1

  validation {
    condition     = var.password_version >= 1 && floor(var.password_version) == var.password_version
    error_message = "password_version must be a whole number from 1."
  }
}

variable "backup_retention_days" {
  description = "How far back the database can be restored to any second, in days."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35 && floor(var.backup_retention_days) == var.backup_retention_days
    error_message = "backup_retention_days must be a whole number from 7 to 35, the most that RDS keeps."
  }
}

variable "backup_window" {
  description = "Daily time of the snapshot, UTC; it must not overlap with maintenance_window."
  type        = string
  nullable    = false
  default     = "00:30-01:00"

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", var.backup_window))
    error_message = "backup_window must be two times of day in UTC, such as 00:30-01:00."
  }
}

variable "maintenance_window" {
  description = "Weekly time in which AWS may patch and restart, UTC."
  type        = string
  nullable    = false
  default     = "sun:02:00-sun:04:00"

  validation {
    condition     = can(regex("^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance_window))
    error_message = "maintenance_window must be two days and times in UTC, such as sun:02:00-sun:04:00."
  }
}

variable "secret_copy" {
  description = <<-TEXT
    Where the secret is copied to, so that a replica in the second region can be promoted when this region is lost: the
    region, and its own key. null: nowhere.
  TEXT
  type = object({
    region          = string
    secrets_key_arn = string
  })
  default = null

  validation {
    condition     = var.secret_copy == null || try(can(regex("^arn:[a-z-]+:kms:${var.secret_copy.region}:[0-9]{12}:key/", var.secret_copy.secrets_key_arn)), false)
    error_message = "secret_copy must name a region, and secrets_key_arn a KMS key of that very region."
  }
}

variable "replica_of" {
  description = <<-TEXT
    Makes this a replica of a database in another region, to be promoted when that region is lost: the database, and its
    secret as it is copied to this region. null: a database of its own.
  TEXT
  type = object({
    database_arn = string
    secret_arn   = string
  })
  default = null

  validation {
    condition     = var.replica_of == null || can(regex("^arn:[a-z-]+:rds:[a-z0-9-]+:[0-9]{12}:db:", var.replica_of.database_arn))
    error_message = "replica_of.database_arn must be the ARN of a database instance, arn:<partition>:rds:<region>:<account>:db:<name>."
  }

  validation {
    condition     = var.replica_of == null || can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:", var.replica_of.secret_arn))
    error_message = "replica_of.secret_arn must be the ARN of a secret, arn:<partition>:secretsmanager:<region>:<account>:secret:<name>."
  }
}

variable "deletion_protection" {
  description = "Whether the database refuses to be deleted and leaves a last snapshot. Off only where it may be lost."
  type        = bool
  nullable    = false
  default     = true
}

variable "monitoring_interval_seconds" {
  description = "Time between two looks of enhanced monitoring at processes, memory and disks."
  type        = number
  nullable    = false
  default     = 15

  validation {
    condition     = contains([1, 5, 10, 15, 30, 60], var.monitoring_interval_seconds)
    error_message = "monitoring_interval_seconds must be 1, 5, 10, 15, 30 or 60."
  }
}

variable "performance_insights_retention_days" {
  description = "How long Performance Insights keeps what queries cost: 7 days are free."
  type        = number
  nullable    = false
  default     = 7

  validation {
    condition     = contains(concat([7, 731], [for months in range(1, 24) : months * 31]), var.performance_insights_retention_days)
    error_message = "performance_insights_retention_days must be 7, 731 or a multiple of 31 below that."
  }
}

variable "slow_query_ms" {
  description = "Statements that take at least so many milliseconds are logged."
  type        = number
  nullable    = false
  default     = 500

  validation {
    condition     = var.slow_query_ms >= 1 && var.slow_query_ms <= 60000 && floor(var.slow_query_ms) == var.slow_query_ms
    error_message = "slow_query_ms must be a whole number from 1 to 60000: 0 would log each statement with its data."
  }
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
