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
  description = "The network of functions that reach the cluster or a slot."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id must be the id of a VPC, vpc-…."
  }
}

variable "private_subnet_ids" {
  description = "Subnets of those functions."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.private_subnet_ids)) >= 2 && alltrue([for id in var.private_subnet_ids : startswith(id, "subnet-")])
    error_message = "private_subnet_ids must be at least two ids of subnets (subnet-…) in different zones."
  }
}

variable "cluster_name" {
  description = "The EKS cluster that runs the services."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", var.cluster_name))
    error_message = "cluster_name must be 1-100 letters, digits, hyphens or underscores, starting with a letter or digit."
  }
}

variable "cluster_namespace" {
  description = "The Kubernetes namespace of the services."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.cluster_namespace)) && !startswith(var.cluster_namespace, "kube-")
    error_message = "cluster_namespace must be 1-63 lower-case letters, digits or hyphens, and not one of Kubernetes' own (kube-…)."
  }
}

variable "cluster_security_group_id" {
  description = "Security group in front of the Kubernetes API; it is opened for the functions."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.cluster_security_group_id, "sg-")
    error_message = "cluster_security_group_id must be the id of a security group, sg-…."
  }
}

variable "cluster_access_group" {
  description = "Kubernetes group of the functions that use the cluster; the manifests bind it in the namespace."
  type        = string
  nullable    = false
  default     = "evenkeel"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.cluster_access_group))
    error_message = "cluster_access_group must be 1-63 lower-case letters, digits or hyphens; groups of Kubernetes itself (system:…) are refused."
  }
}

variable "traffic_rules" {
  description = "Listener rule and target groups by service, as the module edge puts them out."
  type        = map(object({ rule = string, blue = string, green = string }))
  nullable    = false

  validation {
    condition     = length(var.traffic_rules) > 0
    error_message = "traffic_rules must have at least one service."
  }

  validation {
    condition = alltrue([
      for route in values(var.traffic_rules) :
      strcontains(route.rule, ":listener-rule/") && strcontains(route.blue, ":targetgroup/") && strcontains(route.green, ":targetgroup/") && route.blue != route.green
    ])
    error_message = "traffic_rules must name for each service the ARN of a listener rule, and those of two different target groups as blue and green."
  }
}

variable "probe_addresses" {
  description = "Where to ask each service: as users do, and each slot; as the module edge puts them out."
  type = map(object({
    public = object({ url = string, headers = map(string) })
    blue   = object({ url = string, headers = map(string) })
    green  = object({ url = string, headers = map(string) })
  }))
  nullable = false

  validation {
    condition     = alltrue(flatten([for addresses in values(var.probe_addresses) : [for address in values(addresses) : startswith(address.url, "https://")]]))
    error_message = "probe_addresses must be https:// addresses."
  }

  validation {
    condition     = toset(keys(var.probe_addresses)) == toset(keys(var.traffic_rules))
    error_message = "probe_addresses must have the services of traffic_rules, no more and no fewer."
  }
}

variable "alarm_topic_arn" {
  description = "The topic that tells people; all alarms of the control plane publish to it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of an SNS topic, arn:<partition>:sns:<region>:<account>:<name>."
  }
}

variable "databases" {
  description = "The databases of production, by instance: their ARN, the secret with their login, and their security group."
  type        = map(object({ arn = string, secret_arn = string, security_group_id = string }))
  nullable    = false

  validation {
    condition     = length(var.databases) > 0
    error_message = "databases must name at least one instance."
  }

  validation {
    condition     = alltrue([for id, database in var.databases : endswith(database.arn, ":db:${id}") && strcontains(database.secret_arn, ":secretsmanager:") && startswith(database.security_group_id, "sg-")])
    error_message = "databases must give for each instance its own ARN (…:db:<instance>), the ARN of a secret and the id of a security group (sg-…)."
  }
}

variable "restores" {
  description = "Where databases are restored, as the module recovery puts it out, and with which parameters."
  type        = object({ subnet_group = string, security_group_id = string, parameter_group = string })
  nullable    = false

  validation {
    condition     = startswith(var.restores.security_group_id, "sg-")
    error_message = "restores.security_group_id must be the id of a security group, sg-…."
  }

  validation {
    condition     = !contains(values(var.databases)[*].security_group_id, var.restores.security_group_id)
    error_message = "restores.security_group_id must not be a group of production: a restored database would be let in where production is."
  }
}

variable "backup_copies" {
  description = "Region and key of copies of backups. null: there are none."
  type        = object({ region = string, key_arn = string })
  default     = null

  validation {
    condition     = var.backup_copies == null || try(strcontains(var.backup_copies.key_arn, ":kms:${var.backup_copies.region}:"), false)
    error_message = "backup_copies.key_arn must be the ARN of a key in backup_copies.region: RDS takes no key of another region."
  }
}

variable "exports" {
  description = "Bucket and key of dumps and configuration backups, which jobs of the cluster write and the control plane looks at."
  type        = object({ bucket = string, key_arn = string })
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.exports.key_arn))
    error_message = "exports.key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.exports.bucket))
    error_message = "exports.bucket must be the name of a bucket."
  }
}

variable "failover" {
  description = "What a control plane in the second region must know of the first: `names`, `witnesses` and `writers`, as lib/adapters/failover/settings.ts reads them. Empty where nothing fails over to."
  type        = any
  nullable    = false
  default     = {}

  validation {
    condition     = try(length(setsubtract(keys(var.failover), ["names", "witnesses", "writers"])) == 0, false)
    error_message = "failover may have names, witnesses and writers, and nothing else."
  }
}

variable "failover_network" {
  description = "Range of the first region's network, where the witnesses of a failover ask the database whether it answers. null: there is none."
  type        = string
  default     = null

  validation {
    condition     = var.failover_network == null || (can(cidrnetmask(var.failover_network)) && try(tonumber(split("/", var.failover_network)[1]) >= 16, false))
    error_message = "failover_network must be an IPv4 range with a prefix of /16 or longer, or null."
  }
}

variable "evidence_lock" {
  description = "How evidence of drills is kept. `mode`: COMPLIANCE, which nobody can undo, the account's owner included; GOVERNANCE, which administrators can, for environments that must be destroyed. `days`: for how long."
  type        = object({ mode = string, days = number })
  nullable    = false
  default     = { mode = "COMPLIANCE", days = 400 }

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.evidence_lock.mode)
    error_message = "evidence_lock: mode must be COMPLIANCE or GOVERNANCE."
  }

  validation {
    condition     = var.evidence_lock.days >= 1 && var.evidence_lock.days <= 3650 && floor(var.evidence_lock.days) == var.evidence_lock.days
    error_message = "evidence_lock: days must be a whole number from 1 to 3650."
  }

  validation {
    condition     = var.evidence_lock.mode != "COMPLIANCE" || var.evidence_lock.days >= 90
    error_message = "evidence_lock: days must be at least 90 in COMPLIANCE mode; what is locked for less is no evidence, use GOVERNANCE."
  }
}

variable "replicate_images_to" {
  description = "Regions to which images are copied as soon as they are pushed."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for region in var.replicate_images_to : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", region))])
    error_message = "replicate_images_to must be names of regions, for example eu-central-1."
  }
}

variable "images_arrive_by_replication" {
  description = "Whether the first region's replication brings the images, and makes their repositories."
  type        = bool
  nullable    = false
  default     = false
}

variable "deletion_protection" {
  description = "Whether repositories refuse to be deleted while they hold images."
  type        = bool
  nullable    = false
  default     = true
}

variable "data_key_arn" {
  description = "KMS key that encrypts images and databases."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.data_key_arn))
    error_message = "data_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "secrets_key_arn" {
  description = "KMS key that encrypts secrets."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.secrets_key_arn))
    error_message = "secrets_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "evidence_key_arn" {
  description = "KMS key that encrypts evidence."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.evidence_key_arn))
    error_message = "evidence_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "notifications_key_arn" {
  description = "KMS key that encrypts what is published to the topic."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.notifications_key_arn))
    error_message = "notifications_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

