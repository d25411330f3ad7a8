locals {
  certificate_names = ["*.${var.domain}"]
}

resource "aws_acm_certificate" "this" {
  domain_name               = var.domain
  subject_alternative_names = local.certificate_names
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"

  tags = { Name = local.name }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # A domain and its wildcard are proven by the same record, and so are certificates in other regions.
  proof = one(distinct([
    for option in aws_acm_certificate.this.domain_validation_options : {
      name  = option.resource_record_name
      type  = option.resource_record_type
      value = option.resource_record_value
    }
  ]))
}

# The same for every certificate of the domain in this account, so it has one owner: another one, destroyed, would take it away from
# the certificates that still need it to be renewed.
resource "aws_route53_record" "proof" {
  count = var.proof_record_enabled ? 1 : 0

  zone_id         = var.hosted_zone_id
  name            = local.proof.name
  type            = local.proof.type
  records         = [local.proof.value]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = var.proof_record_enabled ? aws_route53_record.proof[*].fqdn : null
}

resource "aws_acm_certificate" "cloudfront" {
  provider = aws.cloudfront
  count    = var.content_delivery ? 1 : 0

  domain_name               = var.domain
  subject_alternative_names = local.certificate_names
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"

  tags = { Name = "${local.name}-cloudfront" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "cloudfront" {
  provider = aws.cloudfront
  count    = var.content_delivery ? 1 : 0

  certificate_arn         = aws_acm_certificate.cloudfront[0].arn
  validation_record_fqdns = var.proof_record_enabled ? aws_route53_record.proof[*].fqdn : null
}
