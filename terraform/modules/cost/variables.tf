variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "monthly_budget_usd" {
  description = "What the stage may cost in a month, in US dollars."
  type        = number
  nullable    = false

  validation {
    condition     = var.monthly_budget_usd >= 1
    error_message = "monthly_budget_usd must be 1 dollar or more."
  }
}

variable "service_budgets_usd" {
  description = "What single AWS services may cost in a month, in US dollars, by the name that Cost Explorer uses, such as { \"Amazon Relational Database Service\" = 900 }."
  type        = map(number)
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for limit in values(var.service_budgets_usd) : limit >= 1])
    error_message = "service_budgets_usd must be 1 dollar or more for each service."
  }
}

variable "alert_percentages" {
  description = "Shares of a budget, in percent, at which people are told that so much is spent. That the whole will be spent is always told beforehand."
  type        = set(number)
  nullable    = false
  default     = [50, 80, 100]

  validation {
    condition     = length(var.alert_percentages) > 0 && alltrue([for share in var.alert_percentages : share >= 1 && share <= 200])
    error_message = "alert_percentages must have at least one share, each from 1 to 200 percent: a budget that tells nobody limits nothing."
  }

  validation {
    condition     = length(var.alert_percentages) <= 4
    error_message = "alert_percentages must have 4 shares at most: a budget takes five alerts, and one is the forecast."
  }
}

variable "recipients" {
  description = "Mail addresses that are told of costs."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.recipients) > 0
    error_message = "recipients must not be empty: a budget that tells nobody limits nothing."
  }

  validation {
    condition     = alltrue([for address in var.recipients : can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", address))])
    error_message = "recipients must be mail addresses."
  }

  validation {
    condition     = length(var.recipients) <= 10
    error_message = "recipients must be 10 addresses at most, as many as a budget tells."
  }
}

variable "alarm_topic_arn" {
  description = "Topic that is told of costs and of resources without their tags."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of a topic, arn:<partition>:sns:<region>:<account>:<name>."
  }
}

variable "anomaly_detection_enabled" {
  description = "Whether unusual costs are looked for. It looks at the whole account, so only one stage of an account does."
  type        = bool
  nullable    = false
  default     = true
}

variable "anomaly_monitor_arn" {
  description = "Monitor of all services that the account has already; it may have one. Null makes one."
  type        = string
  default     = null

  validation {
    condition     = var.anomaly_monitor_arn == null || can(regex("^arn:[a-z-]+:ce::[0-9]{12}:anomalymonitor/", var.anomaly_monitor_arn))
    error_message = "anomaly_monitor_arn must be the ARN of a monitor, arn:<partition>:ce::<account>:anomalymonitor/<id>, or null."
  }
}

variable "cost_allocation_tags_enabled" {
  description = "Whether to put the required tags on the bill, without which budgets count nothing. AWS takes that only from the account that pays, and a day after a tag was first used: so not with the first apply."
  type        = bool
  nullable    = false
  default     = false
}

variable "anomaly_usd" {
  description = "Unusual costs are told from this amount on, in US dollars."
  type        = number
  nullable    = false
  default     = 50

  validation {
    condition     = var.anomaly_usd >= 1
    error_message = "anomaly_usd must be 1 dollar or more."
  }
}

variable "required_tags" {
  description = "Tags that every resource must have; six at most."
  type        = set(string)
  nullable    = false
  default     = ["CostCenter", "Owner", "Project", "Stage"]

  validation {
    condition     = length(var.required_tags) >= 1 && length(var.required_tags) <= 6
    error_message = "required_tags must be one to six tags, as many as AWS Config checks in one rule."
  }

  validation {
    condition     = contains(var.required_tags, "Stage")
    error_message = "required_tags must contain Stage: the budgets count by it."
  }
}

variable "tag_check_enabled" {
  description = "Whether AWS Config looks for resources without the required tags, made by hand or by others. It needs the recorder that landing zones set up; only one stage of an account and region does."
  type        = bool
  nullable    = false
  default     = false
}
