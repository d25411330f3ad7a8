terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Made once by hand, see ../README.md. Locked by a file beside the state, so that two applies cannot meet.
  backend "s3" {
    bucket       = "evenkeel-production-state-222222222222"
    key          = "production.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    kms_key_id   = "arn:aws:kms:eu-west-1:222222222222:alias/evenkeel-production-state"
    use_lockfile = true
  }
}
