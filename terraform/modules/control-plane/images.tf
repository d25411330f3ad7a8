locals {
  # Where images arrive by replication, ECR makes the repositories itself, as the template below says.
  own_repositories = var.images_arrive_by_replication ? {} : var.traffic_rules

  image_repositories = {
    for service in keys(var.traffic_rules) : service => {
      arn = "arn:${local.partition}:ecr:${local.region}:${local.account}:repository/${local.image_repository_prefix}${service}"
      url = "${local.image_registry}/${local.image_repository_prefix}${service}"
    }
  }

  forget_untagged = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Forget what has no tag"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 30 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_ecr_repository" "service" {
  for_each = local.own_repositories

  name = "${local.image_repository_prefix}${each.key}"
  # A tag that moves would change what was judged.
  image_tag_mutability = "IMMUTABLE"
  force_delete         = !var.deletion_protection

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.data_key_arn
  }
}

# Tagged images stay: any of them may be the version to go back to.
resource "aws_ecr_lifecycle_policy" "service" {
  for_each = aws_ecr_repository.service

  repository = each.value.name
  policy     = local.forget_untagged
}

resource "aws_ecr_repository_creation_template" "replicated" {
  count = var.images_arrive_by_replication ? 1 : 0

  prefix               = trimsuffix(local.image_repository_prefix, "/")
  description          = "Images of the services, as the first region sends them"
  applied_for          = ["REPLICATION"]
  image_tag_mutability = "IMMUTABLE"
  lifecycle_policy     = local.forget_untagged
  custom_role_arn      = aws_iam_role.replicated_images[0].arn

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.data_key_arn
  }
}

# ECR makes a repository with a key of ours only in somebody's name.
resource "aws_iam_role" "replicated_images" {
  count = var.images_arrive_by_replication ? 1 : 0

  name               = "${local.name}-replicated-images"
  description        = "ECR makes the repositories that images arrive in"
  assume_role_policy = data.aws_iam_policy_document.replicated_images_trust.json
}

resource "aws_iam_role_policy" "replicated_images" {
  count = var.images_arrive_by_replication ? 1 : 0

  name   = "permissions"
  role   = aws_iam_role.replicated_images[0].id
  policy = data.aws_iam_policy_document.replicated_images.json
}

data "aws_iam_policy_document" "replicated_images_trust" {
  statement {
    sid     = "Ecr"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecr.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "replicated_images" {
  statement {
    sid       = "MakeRepositories"
    actions   = ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"]
    resources = ["arn:${local.partition}:ecr:${local.region}:${local.account}:repository/${local.image_repository_prefix}*"]
  }

  statement {
    sid       = "EncryptThem"
    actions   = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"]
    resources = [var.data_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["ecr.${local.region}.${data.aws_partition.this.dns_suffix}"]
    }
  }
}

# A second region must be able to start what ran in the first while the first is gone.
resource "aws_ecr_replication_configuration" "this" {
  count = length(var.replicate_images_to) > 0 ? 1 : 0

  replication_configuration {
    rule {
      dynamic "destination" {
        for_each = var.replicate_images_to

        content {
          region      = destination.value
          registry_id = local.account
        }
      }

      repository_filter {
        filter      = local.image_repository_prefix
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
