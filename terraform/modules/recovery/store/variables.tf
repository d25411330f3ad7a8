variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "purpose" {
  description = "`backups`: what is made in this region. `backup-copies`: what comes from another one."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["backups", "backup-copies"], var.purpose)
    error_message = "purpose must be backups or backup-copies."
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

variable "longest_retention_days" {
  description = "The longest that a recovery point or an export may be kept, in days; the vault refuses what wants more."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = var.longest_retention_days >= 30 && var.longest_retention_days <= 3653 && floor(var.longest_retention_days) == var.longest_retention_days
    error_message = "longest_retention_days must be a whole number from 30 to 3653."
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

variable "deletion_protection" {
  description = "Whether vault and bucket refuse to go while they hold backups. Off only where these may be lost."
  type        = bool
  nullable    = false
  default     = true
}
