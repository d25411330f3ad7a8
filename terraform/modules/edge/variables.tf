variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "domain" {
  description = "Domain of the environment, for example mcp-ui.example.com; services answer at it or one label below."
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

variable "services" {
  description = <<-EOT
    Services of the catalog by name. `host`: label before the domain, empty for the domain itself. `priority`: of its
    listener rule, distinct. `port`, `protocol` (HTTP or HTTPS) and `health_path`: of its pods.
    `drain_seconds`: how long a pod that leaves may finish its requests.
  EOT
  type = map(object({
    host          = string
    priority      = number
    port          = number
    protocol      = optional(string, "HTTP")
    health_path   = string
    drain_seconds = optional(number, 30)
  }))
  nullable = false

  validation {
    condition     = length(var.services) > 0
    error_message = "services must have at least one service."
  }

  validation {
    condition     = alltrue([for name in keys(var.services) : can(regex("^[a-z]([a-z0-9-]{0,24}[a-z0-9])?$", name))])
    error_message = "services must be named by 1-26 lower-case letters, digits or hyphens, starting with a letter: the catalog takes 30, but with -green a target group has 32 at most."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$", service.host)) && !contains(["failover-drill", "region-${var.stage}", "slots-${var.stage}"], service.host)])
    error_message = "services: host must be one label in lower case, or empty for the domain itself; failover-drill, region-<stage> and slots-<stage> are taken."
  }

  validation {
    condition     = length(distinct(values(var.services)[*].host)) == length(var.services)
    error_message = "services: each host must be given once."
  }

  validation {
    condition     = length(distinct(values(var.services)[*].priority)) == length(var.services) && alltrue([for service in values(var.services) : service.priority >= 1 && service.priority <= 25000])
    error_message = "services: priority must be from 1 to 25000, and given once."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : contains(["HTTP", "HTTPS"], service.protocol)])
    error_message = "services: protocol must be HTTP or HTTPS."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.port >= 1024 && service.port <= 65535])
    error_message = "services: port must be from 1024 to 65535; pods are not root."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : can(regex("^/[A-Za-z0-9_./-]*$", service.health_path))])
    error_message = "services: health_path must be a path that starts with /."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.drain_seconds >= 0 && service.drain_seconds <= 3600])
    error_message = "services: drain_seconds must be from 0 to 3600."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id must be the id of a VPC, vpc-…."
  }
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer where there is no content delivery."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.public_subnet_ids)) >= 2 && alltrue([for id in var.public_subnet_ids : startswith(id, "subnet-")])
    error_message = "public_subnet_ids must be at least two ids of subnets (subnet-…) in different zones."
  }
}

variable "internal_subnet_ids" {
  description = "Subnets of the load balancer behind content delivery. No pods may be in them: pods let requests in by these ranges."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.internal_subnet_ids)) >= 2 && alltrue([for id in var.internal_subnet_ids : startswith(id, "subnet-")])
    error_message = "internal_subnet_ids must be at least two ids of subnets (subnet-…) in different zones."
  }
}

variable "node_security_group_id" {
  description = "Security group of the pods; it is opened for the load balancer on the services' ports."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.node_security_group_id, "sg-")
    error_message = "node_security_group_id must be the id of a security group, sg-…."
  }
}

variable "prober_cidrs" {
  description = "Ranges from which the control plane asks a slot before users see it: the network's own behind content delivery, else the public addresses of its NAT gateways (/32)."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.prober_cidrs) > 0
    error_message = "prober_cidrs must have at least one range, or no release could be tried before users see it."
  }

  validation {
    condition     = alltrue([for cidr in var.prober_cidrs : can(cidrnetmask(cidr)) && try(tonumber(split("/", cidr)[1]) >= 16, false)])
    error_message = "prober_cidrs must be IPv4 ranges with a prefix of /16 or longer: what is not released is not for everybody."
  }
}

variable "content_delivery" {
  description = "Whether users come through CloudFront; the load balancer is then inside the network, reachable by nobody else. One environment per domain can have it."
  type        = bool
  nullable    = false
  default     = true
}

variable "price_class" {
  description = "CloudFront's locations: PriceClass_100 (Europe and North America), PriceClass_200, or PriceClass_All."
  type        = string
  nullable    = false
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "firewall_requests_per_5_minutes" {
  description = "Requests that one address may send in five minutes before the web application firewall blocks it. Null: no firewall."
  type        = number
  default     = 10000

  validation {
    condition     = var.firewall_requests_per_5_minutes == null ? true : var.firewall_requests_per_5_minutes >= 100 && var.firewall_requests_per_5_minutes <= 2000000000
    error_message = "firewall_requests_per_5_minutes must be from 100 to 2000000000, or null for no firewall."
  }
}

variable "failover" {
  description = <<-EOT
    Where another region can answer for the same names: how this one takes part. `side`: primary answers, second only after a
    failover. `drill_service`: the service that answers the name which a drill moves. `replica_id`: of the second side, the
    database; as long as it follows another one, no name may lead here. Null: this region is alone.
  EOT
  type = object({
    side          = string
    drill_service = string
    replica_id    = optional(string)
  })
  default = null

  validation {
    condition     = var.failover == null || contains(["primary", "second"], try(var.failover.side, ""))
    error_message = "failover: side must be primary or second."
  }

  validation {
    condition     = var.failover == null || contains(keys(var.services), try(var.failover.drill_service, ""))
    error_message = "failover: drill_service must be one of services."
  }

  validation {
    condition     = var.failover == null || (try(var.failover.side, "") == "second") == (try(var.failover.replica_id, null) != null)
    error_message = "failover: replica_id must be given for the second side, and for no other."
  }
}

variable "certificate_authorities" {
  description = "Who may issue certificates for the domain (CAA). Empty: the record is made elsewhere, as in every further environment of a domain."
  type        = set(string)
  nullable    = false
  default     = ["amazon.com", "letsencrypt.org"]

  validation {
    condition     = length(var.certificate_authorities) == 0 || contains(var.certificate_authorities, "amazon.com")
    error_message = "certificate_authorities must contain amazon.com, which issues the load balancer's certificate, or be empty."
  }
}

variable "access_log_retention_days" {
  description = "Days that logs of requests are kept. They hold addresses of people."
  type        = number
  nullable    = false
  default     = 90

  validation {
    condition     = var.access_log_retention_days >= 7 && var.access_log_retention_days <= 400
    error_message = "access_log_retention_days must be from 7 to 400."
  }
}

variable "deletion_protection" {
  description = "Whether the load balancer refuses to be deleted, and the bucket of logs while it holds any."
  type        = bool
  nullable    = false
  default     = true
}

variable "proof_record_enabled" {
  description = "Whether to make the record that proves to the certificate authority whose domain it is. False in every further stage of the same domain and account, where the first one's is used."
  type        = bool
  nullable    = false
  default     = true
}
