locals {
  stage  = "second-region"
  region = "eu-central-1"

  # Whose place this takes when that region is lost.
  source_stage  = "production"
  source_region = "eu-west-1"

  tags = {
    Project    = "evenkeel"
    Stage      = local.stage
    Owner      = var.owner
    CostCenter = var.cost_center
    ManagedBy  = "terraform"
  }
}

provider "aws" {
  region              = local.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = local.tags
  }
}

# CloudFront takes certificates and web ACLs from here alone.
provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = local.tags
  }
}
