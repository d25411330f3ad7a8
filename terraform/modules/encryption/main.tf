data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name

  # `through`: AWS services by which roles of this account may use the key, each as far as its own policy allows.
  # `direct`: whether roles may use it without a service in between. `services`: who may use it for this account.
  purposes = {
    data = {
      encrypts = "databases, caches, search, metrics and image repositories"
      through  = ["aps", "ecr", "elasticache", "es", "rds"]
    }
    volumes = {
      encrypts = "volumes of nodes and pods"
      through  = ["ec2"]
    }
    logs = {
      encrypts = "log groups"
    }
    secrets = {
      encrypts = "Secrets Manager, secure parameters and Kubernetes secrets"
      through  = ["secretsmanager", "ssm"]
      # The Kubernetes API server asks for itself, with the cluster's role.
      direct = true
    }
    evidence = {
      encrypts = "evidence of drills"
      through  = ["s3"]
    }
    backup = {
      encrypts = "backups, dumps and exports"
      through  = ["backup", "rds", "s3"]
    }
    notifications = {
      encrypts = "topics and queues"
      through  = ["sns", "sqs"]
      services = ["backup", "budgets", "cloudwatch", "costalerts", "events", "events.rds", "sns"]
    }
  }
}

resource "aws_kms_key" "this" {
  for_each = local.purposes

  description             = "${local.name}: ${each.value.encrypts}"
  policy                  = data.aws_iam_policy_document.key[each.key].json
  enable_key_rotation     = true
  rotation_period_in_days = var.rotation_days
  deletion_window_in_days = var.deletion_window_days

  tags = { Name = "${local.name}-${each.key}" }
}

resource "aws_kms_alias" "this" {
  for_each = aws_kms_key.this

  name          = "alias/${local.name}-${each.key}"
  target_key_id = each.value.key_id
}

# Whatever volume is made without a word about encryption, by a storage class for instance, has the key of volumes.
resource "aws_ebs_encryption_by_default" "this" {
  count = var.default_for_volumes ? 1 : 0

  enabled = true
}

resource "aws_ebs_default_kms_key" "this" {
  count = var.default_for_volumes ? 1 : 0

  key_arn = aws_kms_key.this["volumes"].arn
}

# A key policy can name only roles that exist, and this one appears with the account's first scaling group.
resource "aws_iam_service_linked_role" "autoscaling" {
  count = var.create_autoscaling_role ? 1 : 0

  aws_service_name = "autoscaling.amazonaws.com"
  description      = "EC2 Auto Scaling starts nodes with encrypted volumes"
}
