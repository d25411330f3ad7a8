resource "aws_ecr_repository" "service" {
  for_each = var.traffic_rules

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
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Forget what has no tag"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 30 }
      action       = { type = "expire" }
    }]
  })
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
