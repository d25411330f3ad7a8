variable "database_arn" {
  description = "The database in the first region. It must not be a replica: RDS copies the backups of the source."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:rds:[a-z0-9-]+:[0-9]{12}:db:", var.database_arn))
    error_message = "database_arn must be the ARN of a database instance, arn:<partition>:rds:<region>:<account>:db:<name>."
  }
}

variable "data_key_arn" {
  description = "KMS key of the second region that encrypts the copies."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.data_key_arn))
    error_message = "data_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }

  validation {
    condition     = try(split(":", var.data_key_arn)[3] != split(":", var.database_arn)[3], false)
    error_message = "data_key_arn must be a key of another region than the database's: a copy beside the original is lost with it."
  }
}

variable "retention_days" {
  description = "How far back the second region can restore to any second, in days."
  type        = number
  nullable    = false
  default     = 14

  validation {
    condition     = var.retention_days >= 7 && var.retention_days <= 35 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number from 7 to 35, the most that RDS keeps."
  }
}
