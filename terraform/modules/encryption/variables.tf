variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "deletion_window_days" {
  description = "Days between asking to delete a key and losing for ever what it encrypts."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30 && floor(var.deletion_window_days) == var.deletion_window_days
    error_message = "deletion_window_days must be a whole number from 7 to 30."
  }
}

variable "rotation_days" {
  description = "Days after which the material of each key is renewed; what is encrypted stays readable."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = var.rotation_days >= 90 && var.rotation_days <= 365 && floor(var.rotation_days) == var.rotation_days
    error_message = "rotation_days must be a whole number from 90 to 365."
  }
}

variable "create_autoscaling_role" {
  description = "Whether to make the account's service-linked role of EC2 Auto Scaling, which the key of volumes names. False where the account has it, as in every further region of it."
  type        = bool
  nullable    = false
  default     = true
}

variable "default_for_volumes" {
  description = "Whether the key of volumes becomes the default of the region, for volumes that nobody says a word about. One stage of an account and region decides that."
  type        = bool
  nullable    = false
  default     = true
}
