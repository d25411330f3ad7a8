locals {
  stage  = "production"
  region = "eu-west-1"

  # Where backups and the login are copied to, and where the environment second-region stands by.
  second_region = "eu-central-1"

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

provider "aws" {
  alias               = "second_region"
  region              = local.second_region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = local.tags
  }
}
