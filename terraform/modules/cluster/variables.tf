variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes. It can go up by one at a time and never down."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^1\\.(3[2-9]|[4-9][0-9])$", var.kubernetes_version))
    error_message = "kubernetes_version must be a minor version from 1.32, in quotes, for example \"1.34\"."
  }
}

variable "private_subnet_ids" {
  description = "Subnets of nodes and of the control plane's interfaces, in at least three zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.private_subnet_ids)) >= 3 && alltrue([for id in var.private_subnet_ids : startswith(id, "subnet-")])
    error_message = "private_subnet_ids must be at least three ids of subnets (subnet-…), one per availability zone."
  }
}

variable "endpoint_public_access_cidrs" {
  description = "Ranges from which the Kubernetes API may be reached over the internet. Empty: only from inside the network."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for cidr in var.endpoint_public_access_cidrs : can(cidrnetmask(cidr)) && tonumber(split("/", cidr)[1]) >= 16])
    error_message = "endpoint_public_access_cidrs must be IPv4 ranges with a prefix of /16 or longer; open to everybody is refused."
  }
}

variable "administrators" {
  description = "ARNs of the IAM roles that administer the cluster, by a name of your choice."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.administrators) > 0
    error_message = "administrators must have at least one role, or nobody could administer the cluster: whoever creates it gets no rights by that."
  }

  validation {
    condition     = alltrue([for arn in values(var.administrators) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", arn))])
    error_message = "administrators must be ARNs of IAM roles, arn:<partition>:iam::<account>:role/<name>."
  }
}

variable "node_groups" {
  description = <<-EOT
    Managed node groups by name.
    `capacity`: `on-demand` for what must stay, `spot` for what may be interrupted; spot nodes are tainted with
    evenkeel.dev/interruptible, so only pods that tolerate it go there. `instance_types`: several for spot, of the same
    size. `architecture`: x86_64 or arm64. `disk_gib`: size of the root volume.
    Within `min_size` and `max_size` the cluster autoscaler decides.
  EOT
  type = map(object({
    capacity       = string
    instance_types = list(string)
    min_size       = number
    max_size       = number
    architecture   = optional(string, "x86_64")
    disk_gib       = optional(number, 50)
    labels         = optional(map(string), {})
  }))
  nullable = false
  default = {
    critical = {
      capacity       = "on-demand"
      instance_types = ["m7i.large"]
      min_size       = 3
      max_size       = 12
    }
    interruptible = {
      capacity       = "spot"
      instance_types = ["m7i.large", "m7a.large", "m6i.large", "m6a.large", "m5.large"]
      min_size       = 0
      max_size       = 8
    }
  }

  validation {
    condition     = alltrue([for name in keys(var.node_groups) : can(regex("^[a-z][a-z0-9-]{0,29}$", name))])
    error_message = "node_groups must be named by 1-30 lower-case letters, digits or hyphens, starting with a letter."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : contains(["on-demand", "spot"], group.capacity)])
    error_message = "node_groups: capacity must be on-demand or spot."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : contains(["x86_64", "arm64"], group.architecture)])
    error_message = "node_groups: architecture must be x86_64 or arm64."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : length(group.instance_types) >= (group.capacity == "spot" ? 3 : 1)])
    error_message = "node_groups: instance_types must name at least one type, and at least three for spot, so that the end of one pool is not the end of the group."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : group.min_size >= 0 && group.min_size <= group.max_size && group.max_size >= 1])
    error_message = "node_groups: min_size must be from 0 to max_size, and max_size at least 1."
  }

  validation {
    condition     = sum(concat([0], [for group in values(var.node_groups) : group.min_size if group.capacity == "on-demand"])) >= 3
    error_message = "node_groups: the on-demand groups must have at least 3 nodes together (min_size), one per availability zone."
  }

  validation {
    condition     = sum(concat([0], [for group in values(var.node_groups) : group.max_size])) <= 20
    error_message = "node_groups: all groups together must have at most 20 nodes (max_size)."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : group.disk_gib >= 20 && group.disk_gib <= 500])
    error_message = "node_groups: disk_gib must be from 20 to 500."
  }
}

variable "addon_versions" {
  description = "Versions of add-ons that are to differ from the one EKS recommends for the Kubernetes version, by name of the add-on."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition = alltrue([
      for name in keys(var.addon_versions) : contains(["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni"], name)
    ])
    error_message = "addon_versions must name add-ons of this module: aws-ebs-csi-driver, coredns, eks-pod-identity-agent, kube-proxy, metrics-server or vpc-cni."
  }

  validation {
    condition     = alltrue([for version in values(var.addon_versions) : can(regex("^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$", version))])
    error_message = "addon_versions must be versions as EKS writes them, for example v1.20.1-eksbuild.1."
  }
}

variable "log_retention_days" {
  description = "Days that the logs of the Kubernetes control plane, its audit log included, are kept."
  type        = number
  nullable    = false
  default     = 365

  validation {
    condition     = contains([90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's retentions from 90 days: 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "secrets_key_arn" {
  description = "KMS key that encrypts Kubernetes secrets."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.secrets_key_arn))
    error_message = "secrets_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "volumes_key_arn" {
  description = "KMS key that encrypts the volumes of nodes and pods."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.volumes_key_arn))
    error_message = "volumes_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "logs_key_arn" {
  description = "KMS key that encrypts the logs of the Kubernetes control plane."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.logs_key_arn))
    error_message = "logs_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

