variable "stage" {
  description = "Name of the environment; all names start with evenkeel-<stage>, as in serverless.yml."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,13}[a-z0-9]$", var.stage))
    error_message = "stage must be 2-15 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "oidc_provider_arn" {
  description = "Identity provider that vouches for the cluster's service accounts."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/", var.oidc_provider_arn))
    error_message = "oidc_provider_arn must be the ARN of an OpenID Connect provider, arn:<partition>:iam::<account>:oidc-provider/<issuer>."
  }
}

variable "oidc_issuer" {
  description = "Issuer of service account tokens, without https://."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9.-]+/", var.oidc_issuer))
    error_message = "oidc_issuer must be a host and a path without https://, as the module cluster puts it out."
  }
}

variable "cluster_name" {
  description = "The EKS cluster."
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

variable "monitoring_namespace" {
  description = "The Kubernetes namespace of the monitoring."
  type        = string
  nullable    = false
  default     = "monitoring"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.monitoring_namespace)) && !startswith(var.monitoring_namespace, "kube-")
    error_message = "monitoring_namespace must be 1-63 lower-case letters, digits or hyphens, and not one of Kubernetes' own (kube-…)."
  }

  validation {
    condition     = var.monitoring_namespace != var.cluster_namespace
    error_message = "monitoring_namespace must not be that of the services: who may write there could take the other's roles."
  }
}

variable "cluster_access_group" {
  description = "Kubernetes group of the control plane's functions; whoever deploys the stack can make members of this group only."
  type        = string
  nullable    = false
  default     = "evenkeel"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.cluster_access_group))
    error_message = "cluster_access_group must be 1-63 lower-case letters, digits or hyphens; groups of Kubernetes itself (system:…) are refused."
  }
}

variable "domain" {
  description = "Domain for which cert-manager proves itself."
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

variable "secret_arns" {
  description = "Secrets that the services' namespace reads, by name: database, cache."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.secret_arns) > 0 && alltrue([for arn in values(var.secret_arns) : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*]+$", arn))])
    error_message = "secret_arns must be ARNs of secrets, arn:<partition>:secretsmanager:<region>:<account>:secret:<name>, without wildcards, and at least one."
  }
}

variable "target_group_arns" {
  description = "Target groups that the load balancer controller fills, by <service>-<slot>."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.target_group_arns) > 0 && alltrue([for arn in values(var.target_group_arns) : strcontains(arn, ":targetgroup/")])
    error_message = "target_group_arns must be ARNs of target groups, and at least one."
  }
}

variable "image_repository_arns" {
  description = "Image repositories that a release may push to, by service."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.image_repository_arns) > 0 && alltrue([for arn in values(var.image_repository_arns) : can(regex("^arn:[a-z-]+:ecr:[a-z0-9-]+:[0-9]{12}:repository/[^*]+$", arn))])
    error_message = "image_repository_arns must be ARNs of repositories without wildcards, and at least one."
  }
}

variable "backup_bucket_arn" {
  description = "Bucket of dumps and configuration backups."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::[a-z0-9.-]+$", var.backup_bucket_arn))
    error_message = "backup_bucket_arn must be the ARN of a bucket, arn:<partition>:s3:::<name>."
  }
}

variable "prometheus_workspace_arn" {
  description = "Workspace that the cluster's Prometheus writes to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:aps:[a-z0-9-]+:[0-9]{12}:workspace/", var.prometheus_workspace_arn))
    error_message = "prometheus_workspace_arn must be the ARN of an AMP workspace, arn:<partition>:aps:<region>:<account>:workspace/<id>."
  }
}

variable "alert_topic_arn" {
  description = "Topic to which Alertmanager publishes what the control plane is to answer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.alert_topic_arn))
    error_message = "alert_topic_arn must be the ARN of an SNS topic, arn:<partition>:sns:<region>:<account>:<name>."
  }
}

variable "permissions_boundary_arns" {
  description = "Boundaries, by whom they are for. Each role of the stack is made within one of them."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.permissions_boundary_arns) > 0
    error_message = "permissions_boundary_arns must hold at least one boundary, or no role of the stack could be made."
  }

  validation {
    condition     = alltrue([for arn in values(var.permissions_boundary_arns) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", arn))])
    error_message = "permissions_boundary_arns must hold ARNs of policies, arn:<partition>:iam::<account>:policy/<name>, got: ${join(", ", values(var.permissions_boundary_arns))}."
  }
}

variable "github" {
  description = <<-EOT
    Who may release and deploy. `repository`: owner/name on GitHub. `release_environment`: its environment whose jobs push
    images and ask for releases. `deploy_environment`: the one whose jobs deploy the control plane; it should ask people.
    `create_provider`: false where the account has the identity provider, as in every further region of it.
  EOT
  type = object({
    repository          = string
    release_environment = string
    deploy_environment  = string
    create_provider     = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github.repository))
    error_message = "github: repository must be owner/name, without wildcards."
  }

  validation {
    condition     = alltrue([for environment in [var.github.release_environment, var.github.deploy_environment] : can(regex("^[A-Za-z0-9._-]+$", environment))])
    error_message = "github: release_environment and deploy_environment must be letters, digits, dots, hyphens or underscores, without wildcards."
  }

  validation {
    condition     = var.github.release_environment != var.github.deploy_environment
    error_message = "github: deploy_environment must differ from release_environment: who may release must not be able to change what judges releases."
  }
}

variable "secrets_key_arn" {
  description = "KMS key that encrypts the secrets."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.secrets_key_arn))
    error_message = "secrets_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "backup_key_arn" {
  description = "KMS key that encrypts backups."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.backup_key_arn))
    error_message = "backup_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

variable "notifications_key_arn" {
  description = "KMS key that encrypts the topic."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.notifications_key_arn))
    error_message = "notifications_key_arn must be the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>."
  }
}

