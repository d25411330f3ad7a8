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

variable "isolated_subnets" {
  description = "Ranges that nothing else uses, by availability zone: that is where restored databases are."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.isolated_subnets) >= 2
    error_message = "isolated_subnets must have two or more zones: RDS takes no subnet group of one."
  }

  validation {
    condition     = alltrue([for range in values(var.isolated_subnets) : can(cidrnetmask(range))]) && length(distinct(values(var.isolated_subnets))) == length(var.isolated_subnets)
    error_message = "isolated_subnets must be different IPv4 ranges, such as { eu-west-1a = \"10.20.32.0/22\" }."
  }
}

variable "reader" {
  description = "Security group and ranges of those who may speak PostgreSQL to a restored database. null: nothing at all can enter."
  type        = object({ security_group_id = string, cidr_blocks = list(string) })
  default     = null

  validation {
    condition     = var.reader == null || can(regex("^sg-[0-9a-z-]+$", var.reader.security_group_id))
    error_message = "reader.security_group_id must be the id of a security group, sg-…."
  }

  validation {
    condition     = var.reader == null || try(alltrue([for range in var.reader.cidr_blocks : can(cidrnetmask(range)) && range != "0.0.0.0/0"]) && length(var.reader.cidr_blocks) > 0, false)
    error_message = "reader.cidr_blocks must be the IPv4 ranges of the reader's subnets, and never everything."
  }
}

variable "backup_key_arn" {
  description = "KMS key that encrypts the vault and the bucket."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.backup_key_arn))
    error_message = "backup_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "database_arn" {
  description = "The database that is backed up and drilled."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:rds:[a-z0-9-]+:[0-9]{12}:db:", var.database_arn))
    error_message = "database_arn must be the ARN of a database instance, arn:<partition>:rds:<region>:<account>:db:<name>."
  }
}

variable "alarm_topic_arn" {
  description = "Topic that is told of backups and copies that failed or did not come."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of a topic, arn:<partition>:sns:<region>:<account>:<name>."
  }
}

variable "retention_days" {
  description = "Days that daily, weekly and monthly recovery points are kept: each layer reaches further back than the one before."
  type = object({
    daily   = optional(number, 30)
    weekly  = optional(number, 90)
    monthly = optional(number, 365)
  })
  nullable = false
  default  = {}

  validation {
    condition     = 7 <= var.retention_days.daily && var.retention_days.daily <= 35
    error_message = "retention_days.daily must be from 7 to 35."
  }

  validation {
    condition     = var.retention_days.daily < var.retention_days.weekly && var.retention_days.weekly < var.retention_days.monthly && var.retention_days.monthly <= 3653
    error_message = "retention_days must grow from daily over weekly to monthly, 3653 at most: a layer that ends before the one below it holds nothing of its own."
  }
}

variable "dump_retention_days" {
  description = "Days that dumps and configuration backups in the bucket are locked: the fewest that any backup is kept."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.dump_retention_days >= 1 && var.dump_retention_days <= 365 && floor(var.dump_retention_days) == var.dump_retention_days
    error_message = "dump_retention_days must be a whole number from 1 to 365."
  }
}

variable "copy_to" {
  description = "Vault, bucket and key of the second region that each backup is copied to; made by the module recovery/store there. null: nowhere."
  type = object({
    vault_arn      = string
    bucket_arn     = string
    backup_key_arn = string
  })
  default = null

  validation {
    condition     = var.copy_to == null || can(regex("^arn:[a-z-]+:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:", var.copy_to.vault_arn))
    error_message = "copy_to.vault_arn must be the ARN of a backup vault, arn:<partition>:backup:<region>:<account>:backup-vault:<name>."
  }

  validation {
    condition     = try(split(":", var.copy_to.vault_arn)[3] != split(":", var.database_arn)[3], var.copy_to == null)
    error_message = "copy_to.vault_arn must be in another region than the database: a copy beside the original is lost with it."
  }

  validation {
    condition     = var.copy_to == null || can(regex("^arn:[a-z-]+:s3:::", var.copy_to.bucket_arn))
    error_message = "copy_to.bucket_arn must be the ARN of a bucket, arn:<partition>:s3:::<name>."
  }

  validation {
    condition     = var.copy_to == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.copy_to.backup_key_arn))
    error_message = "copy_to.backup_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "lock_mode" {
  description = "`compliance`: nobody, not the account's root either, can delete a backup before its time; three days after the first apply that cannot be taken back. `governance`: who has the right can."
  type        = string
  nullable    = false
  default     = "compliance"

  validation {
    condition     = contains(["compliance", "governance"], var.lock_mode)
    error_message = "lock_mode must be compliance or governance."
  }
}

variable "deletion_protection" {
  description = "Whether vault and bucket refuse to go while they hold backups. Off only where these may be lost."
  type        = bool
  nullable    = false
  default     = true
}
