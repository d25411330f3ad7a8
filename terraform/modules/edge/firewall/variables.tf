variable "name" {
  description = "Name of the web ACL."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,128}$", var.name))
    error_message = "name must be 1-128 letters, digits, hyphens or underscores."
  }
}

variable "scope" {
  description = "REGIONAL for a load balancer, CLOUDFRONT for a distribution."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "CLOUDFRONT"], var.scope)
    error_message = "scope must be REGIONAL or CLOUDFRONT."
  }
}

variable "requests_per_5_minutes" {
  description = "Requests that one address may send in five minutes."
  type        = number
  nullable    = false

  validation {
    condition     = var.requests_per_5_minutes >= 100 && var.requests_per_5_minutes <= 2000000000
    error_message = "requests_per_5_minutes must be from 100 to 2000000000."
  }
}

variable "log_bucket_arn" {
  description = "Bucket that takes the log of requests; its name begins with aws-waf-logs-."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":::aws-waf-logs-", var.log_bucket_arn))
    error_message = "log_bucket_arn must be the ARN of a bucket whose name begins with aws-waf-logs-."
  }
}
