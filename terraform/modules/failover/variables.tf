variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "network" {
  description = "This region's network: its id, its range, and the route tables of what is asked, by what they stand for."
  type        = object({ vpc_id = string, cidr_block = string, route_table_ids = map(string) })
  nullable    = false

  validation {
    condition     = startswith(var.network.vpc_id, "vpc-") && can(cidrnetmask(var.network.cidr_block)) && length(var.network.route_table_ids) > 0
    error_message = "network must have the id of a VPC (vpc-…), its IPv4 range, and at least one route table."
  }
}

variable "second_network" {
  description = "The second region's network: its id, its range, and the route tables of its functions. null as long as it is not made."
  type        = object({ vpc_id = string, cidr_block = string, route_table_ids = set(string) })
  default     = null

  validation {
    condition     = var.second_network == null || (try(startswith(var.second_network.vpc_id, "vpc-"), false) && can(cidrnetmask(var.second_network.cidr_block)) && try(length(var.second_network.route_table_ids) > 0, false))
    error_message = "second_network must have the id of a VPC (vpc-…), its IPv4 range, and at least one route table; or be null."
  }

  validation {
    condition     = try(var.second_network.cidr_block, "") != var.network.cidr_block
    error_message = "second_network.cidr_block must not be that of network: there would be no way between them."
  }
}

variable "database" {
  description = "The database that may be lost: its name in config/catalog.yml, its instance, where it takes connections, and the security group without rules."
  type = object({
    name                    = string
    instance_id             = string
    address                 = object({ host = string, port = number })
    fence_security_group_id = string
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$", var.database.name))
    error_message = "database.name must be a name of config/catalog.yml: 1-30 lower-case letters, digits or hyphens."
  }

  validation {
    condition     = startswith(coalesce(var.database.fence_security_group_id, "none"), "sg-")
    error_message = "database.fence_security_group_id must be the id of a security group, sg-…."
  }
}

variable "load_balancer_address" {
  description = "Where the load balancer answers control planes."
  type        = object({ host = string, port = number })
  nullable    = false

  validation {
    condition     = var.load_balancer_address.port >= 1 && var.load_balancer_address.port <= 65535
    error_message = "load_balancer_address.port must be from 1 to 65535."
  }
}

variable "public_target" {
  description = "What this region's records of public names lead to."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.public_target) > 0 && !strcontains(var.public_target, "/")
    error_message = "public_target must be a host name."
  }
}

variable "health_check_id" {
  description = "The Route 53 health check that asks this region the way users come."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.health_check_id) > 0
    error_message = "health_check_id must be the id of a health check."
  }
}
