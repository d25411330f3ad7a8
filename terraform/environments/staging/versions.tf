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
    bucket       = "evenkeel-staging-state-111111111111"
    key          = "staging.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    kms_key_id   = "arn:aws:kms:eu-west-1:111111111111:alias/evenkeel-staging-state"
    use_lockfile = true
  }
}
