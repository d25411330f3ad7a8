locals {
  public_address = var.content_delivery ? {
    name    = aws_cloudfront_distribution.this[0].domain_name
    zone_id = aws_cloudfront_distribution.this[0].hosted_zone_id
    } : {
    name    = aws_lb.this.dns_name
    zone_id = aws_lb.this.zone_id
  }

  # No AAAA: a second region answers by IPv4 alone, and a name that stands alone is answered whatever its weight, so users of IPv6
  # would be led to the region that is lost.
  public_records = { for service, host in local.hosts : "${service}-A" => { host = host, type = "A" } }

  # lib/adapters/failover/records.ts knows the records of a name by these.
  side   = try(var.failover.side, "primary")
  weight = local.side == "primary" ? 100 : 0
}

# Weighted, so that a second region can answer for the same names.
resource "aws_route53_record" "service" {
  for_each = local.public_records

  zone_id        = var.hosted_zone_id
  name           = each.value.host
  type           = each.value.type
  set_identifier = local.side
  # Where the region is alone nobody else could answer, so its health is not asked.
  health_check_id = one(local.public_health_check[*].id)

  alias {
    name    = local.public_address.name
    zone_id = local.public_address.zone_id
    # Route 53 knows no health of CloudFront.
    evaluate_target_health = !var.content_delivery
  }

  weighted_routing_policy {
    weight = local.weight
  }

  lifecycle {
    # A failover moves the weights; an apply must not move them back.
    ignore_changes = [weighted_routing_policy]
  }
}

resource "aws_route53_record" "drill" {
  count = local.takes_part ? 1 : 0

  zone_id        = var.hosted_zone_id
  name           = local.drill_host
  type           = "A"
  set_identifier = local.side
  # A drill's copy takes writes while the replica goes on to follow, so only the region is asked.
  health_check_id = aws_route53_health_check.region[0].id

  alias {
    name                   = local.public_address.name
    zone_id                = local.public_address.zone_id
    evaluate_target_health = !var.content_delivery
  }

  weighted_routing_policy {
    weight = local.weight
  }

  lifecycle {
    # A drill moves the weights; an apply must not move them back.
    ignore_changes = [weighted_routing_policy]
  }
}

# What the checkers of Route 53 ask. Not weighted: it always leads here.
resource "aws_route53_record" "region" {
  count = local.takes_part ? 1 : 0

  zone_id = var.hosted_zone_id
  name    = local.region_host
  type    = "A"

  alias {
    name                   = local.public_address.name
    zone_id                = local.public_address.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "slots" {
  zone_id = var.hosted_zone_id
  name    = local.slots_host
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "certificate_authorities" {
  count = length(var.certificate_authorities) > 0 ? 1 : 0

  zone_id = var.hosted_zone_id
  name    = var.domain
  type    = "CAA"
  ttl     = 3600
  records = flatten([for authority in sort(var.certificate_authorities) : ["0 issue \"${authority}\"", "0 issuewild \"${authority}\""]])
}
