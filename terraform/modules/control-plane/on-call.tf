# Routing keys of PagerDuty as JSON by rota. People write them; Terraform never sees one.
resource "aws_secretsmanager_secret" "pager_keys" {
  name                    = "evenkeel/${var.stage}/pager-keys"
  description             = "Routing keys of the pager, as JSON by rota of the catalog"
  kms_key_id              = var.secrets_key_arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
}

# What anybody may read. The bucket itself is closed: a distribution before it, or whoever copies it, is what people ask.
resource "aws_s3_bucket" "pages" {
  bucket        = "${local.name}-pages-${local.account}"
  force_destroy = !var.deletion_protection
}

resource "aws_s3_bucket_public_access_block" "pages" {
  bucket                  = aws_s3_bucket.pages.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# A distribution reads what S3's own keys encrypt without a right to any key of ours, and what lies here is public.
resource "aws_s3_bucket_server_side_encryption_configuration" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "pages" {
  bucket = aws_s3_bucket.pages.id

  versioning_configuration {
    status = "Enabled"
  }
}

# The page is put anew every minute; what was on it is in the ledger.
resource "aws_s3_bucket_lifecycle_configuration" "pages" {
  bucket = aws_s3_bucket.pages.id

  rule {
    id     = "forget-old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 1
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.pages]
}

resource "aws_s3_bucket_policy" "pages" {
  bucket = aws_s3_bucket.pages.id
  policy = data.aws_iam_policy_document.pages.json

  depends_on = [aws_s3_bucket_public_access_block.pages]
}

data "aws_iam_policy_document" "pages" {
  statement {
    sid       = "RefusePlainHttp"
    effect    = "Deny"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources = [aws_s3_bucket.pages.arn, "${aws_s3_bucket.pages.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
