variable "account_id" {
  description = "The account of this environment; with credentials of another one nothing is done."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be the 12 digits of an AWS account, in quotes."
  }
}

variable "owner" {
  description = "Team that answers for this environment; the tag Owner."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}$", var.owner))
    error_message = "owner must be 2-63 lower-case letters, digits or hyphens, starting with a letter."
  }
}

variable "cost_center" {
  description = "Who pays; the tag CostCenter."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{1,32}$", var.cost_center))
    error_message = "cost_center must be 1-32 letters, digits or hyphens."
  }
}

variable "domain" {
  description = "Domain of this environment; services answer at it or one label below."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain must be a domain name in lower case without a final dot, for example mcp-ui.example.com."
  }
}

variable "hosted_zone_id" {
  description = "Public hosted zone that holds the domain."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Z0-9]{6,32}$", var.hosted_zone_id))
    error_message = "hosted_zone_id must be the id of a Route 53 zone: 6-32 capitals or digits."
  }
}

variable "administrator_role_arn" {
  description = "Role of the people who administer the cluster and the store for logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:role/", var.administrator_role_arn))
    error_message = "administrator_role_arn must be the ARN of a role, arn:aws:iam::<account>:role/<name>."
  }

  validation {
    condition     = strcontains(var.administrator_role_arn, ":${var.account_id}:")
    error_message = "administrator_role_arn must be a role of the account account_id."
  }
}

variable "github_repository" {
  description = "Repository on GitHub whose jobs may release and deploy, owner/name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must be owner/name, without wildcards."
  }
}

variable "recipients" {
  description = "Who is told of every alarm, by name: the protocol email with an address, or https with a URL."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  nullable = false

  validation {
    condition     = length(var.recipients) > 0
    error_message = "recipients must not be empty: an alarm that tells nobody is no alarm."
  }
}

variable "cost_recipients" {
  description = "Mail addresses that are told of costs."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.cost_recipients) > 0
    error_message = "cost_recipients must not be empty: a budget that tells nobody limits nothing."
  }
}

variable "grafana_admin_group_ids" {
  description = "Groups of IAM Identity Center that administer the managed Grafana."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.grafana_admin_group_ids) > 0 && alltrue([for id in var.grafana_admin_group_ids : can(regex("^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "grafana_admin_group_ids must be ids of groups of IAM Identity Center, such as 11111111-2222-3333-4444-555555555555."
  }
}

variable "grafana_viewer_group_ids" {
  description = "Groups of IAM Identity Center that look at the managed Grafana."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for id in var.grafana_viewer_group_ids : can(regex("^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "grafana_viewer_group_ids must be ids of groups of IAM Identity Center, such as 11111111-2222-3333-4444-555555555555."
  }
}

variable "second_region_stands_by" {
  description = "Whether the environment second-region is there, so that its control plane is let in to ask whether this region lives. False until it was applied for the first time."
  type        = bool
  nullable    = false
}
