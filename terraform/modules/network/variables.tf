variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "cidr_block" {
  description = "Private IPv4 range of the network, /16 to /20; it must not overlap with networks that will be connected to it."
  type        = string
  nullable    = false

  validation {
    condition = (
      can(cidrnetmask(var.cidr_block)) &&
      try(cidrsubnet(var.cidr_block, 0, 0) == var.cidr_block, false) &&
      can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)[0-9.]+/(1[6-9]|20)$", var.cidr_block))
    )
    error_message = "cidr_block must be the first address of a private IPv4 range (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16) with a prefix from /16 to /20, for example 10.20.0.0/16."
  }
}

variable "nat_gateways" {
  description = "`per-zone`: a zone that fails takes no other zone's way out with it. `single`: a third of the price, for environments that may fail."
  type        = string
  nullable    = false
  default     = "per-zone"

  validation {
    condition     = contains(["per-zone", "single"], var.nat_gateways)
    error_message = "nat_gateways must be per-zone or single."
  }
}

variable "interface_endpoints" {
  description = "AWS services that are reached inside the network, by the last parts of their endpoint name, such as ecr.api."
  type        = set(string)
  nullable    = false
  default = [
    "aps-workspaces",
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticloadbalancing",
    "kms",
    "logs",
    "secretsmanager",
    "sns",
    "sts",
    "xray",
  ]

  validation {
    condition     = alltrue([for service in var.interface_endpoints : can(regex("^[a-z][a-z0-9.-]*[a-z0-9]$", service))])
    error_message = "interface_endpoints must be the last parts of endpoint names, such as ecr.api, not com.amazonaws.<region>.ecr.api; lower-case letters, digits, hyphens and dots."
  }

  validation {
    condition     = !anytrue([for service in var.interface_endpoints : startswith(service, "com.")])
    error_message = "interface_endpoints must leave out com.amazonaws.<region>., for example ecr.api."
  }

  validation {
    condition     = !anytrue([for service in var.interface_endpoints : contains(["s3", "dynamodb"], service)])
    error_message = "interface_endpoints must not name s3 or dynamodb: both have gateway endpoints, which cost nothing."
  }
}

variable "flow_log_retention_days" {
  description = "Days that flow logs are kept."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.flow_log_retention_days)
    error_message = "flow_log_retention_days must be one of CloudWatch's retentions from 30 days: 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "logs_key_arn" {
  description = "KMS key that encrypts the flow logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.logs_key_arn))
    error_message = "logs_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "peer_cidr_blocks" {
  description = "Ranges of networks in other regions whose control planes may ask whether this one's database and load balancer answer."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition     = length(var.peer_cidr_blocks) <= 10 && alltrue([for range in var.peer_cidr_blocks : can(cidrnetmask(range)) && try(tonumber(split("/", range)[1]) >= 16, false)])
    error_message = "peer_cidr_blocks must be at most 10 IPv4 ranges with a prefix of /16 or longer."
  }

  validation {
    condition     = !contains(var.peer_cidr_blocks, var.cidr_block)
    error_message = "peer_cidr_blocks must not be this network's own range: what is asked of it would never leave it."
  }
}
