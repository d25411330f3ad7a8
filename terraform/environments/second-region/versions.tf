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
    bucket       = "evenkeel-second-region-state-222222222222"
    key          = "second-region.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    kms_key_id   = "arn:aws:kms:eu-central-1:222222222222:alias/evenkeel-second-region-state"
    use_lockfile = true
  }
}
