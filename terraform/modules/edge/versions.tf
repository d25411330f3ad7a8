terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
      # CloudFront takes certificates and web ACLs from us-east-1 alone.
      configuration_aliases = [aws.cloudfront]
    }
  }
}
