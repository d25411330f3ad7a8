# The way from CloudFront into the network: the load balancer has no public address.
resource "aws_cloudfront_vpc_origin" "this" {
  count = var.content_delivery ? 1 : 0

  vpc_origin_endpoint_config {
    name                   = local.name
    arn                    = aws_lb.this.arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"

    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }

  tags = { Name = local.name }
}

data "aws_cloudfront_cache_policy" "none" {
  count = var.content_delivery ? 1 : 0
  name  = "Managed-CachingDisabled"
}

data "aws_cloudfront_origin_request_policy" "all" {
  count = var.content_delivery ? 1 : 0
  name  = "Managed-AllViewer"
}

# As long as the origin says; the host is in the key, since services share the distribution.
resource "aws_cloudfront_cache_policy" "assets" {
  count = var.content_delivery ? 1 : 0

  name        = "${local.name}-assets"
  comment     = "Files that are named by their content"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    headers_config {
      header_behavior = "whitelist"

      headers {
        items = ["Host"]
      }
    }

    cookies_config {
      cookie_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

# For what the origin does not say itself: an API that forgets them is as safe as the pages are.
resource "aws_cloudfront_response_headers_policy" "security" {
  count = var.content_delivery ? 1 : 0

  name    = "${local.name}-security"
  comment = "Security headers, where the origin sends none"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      preload                    = true
      override                   = true # the same for every host, whatever one of them says
    }

    content_type_options {
      override = false
    }

    frame_options {
      frame_option = "DENY"
      override     = false
    }

    referrer_policy {
      referrer_policy = "strict-origin-when-cross-origin"
      override        = false
    }

    content_security_policy {
      content_security_policy = "default-src 'none'; frame-ancestors 'none'"
      override                = false
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  count = var.content_delivery ? 1 : 0

  enabled         = true
  comment         = local.name
  aliases         = sort(concat(values(local.hosts), local.takes_part ? [local.region_host, local.drill_host] : []))
  http_version    = "http2and3"
  is_ipv6_enabled = false # its records have no AAAA
  price_class     = var.price_class
  web_acl_id      = one(module.firewall_of_cloudfront[*].web_acl_arn)

  origin {
    origin_id   = "load-balancer"
    domain_name = aws_lb.this.dns_name

    vpc_origin_config {
      vpc_origin_id            = aws_cloudfront_vpc_origin.this[0].id
      origin_read_timeout      = 60
      origin_keepalive_timeout = 60
    }
  }

  default_cache_behavior {
    target_origin_id           = "load-balancer"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = data.aws_cloudfront_cache_policy.none[0].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.security[0].id
    origin_request_policy_id   = data.aws_cloudfront_origin_request_policy.all[0].id
    compress                   = true
  }

  ordered_cache_behavior {
    path_pattern               = "/assets/*"
    target_origin_id           = "load-balancer"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = aws_cloudfront_cache_policy.assets[0].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.security[0].id
    compress                   = true
  }

  # While slots change, a file may be missing for a moment; that must not be remembered.
  dynamic "custom_error_response" {
    for_each = toset([404, 500, 502, 503, 504])

    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.cloudfront[0].certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  tags = { Name = local.name }
}

resource "aws_cloudwatch_log_delivery_source" "distribution" {
  provider = aws.cloudfront
  count    = var.content_delivery ? 1 : 0

  name         = local.name
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this[0].arn
}

resource "aws_cloudwatch_log_delivery_destination" "distribution" {
  provider = aws.cloudfront
  count    = var.content_delivery ? 1 : 0

  name          = local.name
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = "${aws_s3_bucket.logs["access"].arn}/distribution"
  }
}

resource "aws_cloudwatch_log_delivery" "distribution" {
  provider = aws.cloudfront
  count    = var.content_delivery ? 1 : 0

  delivery_source_name     = aws_cloudwatch_log_delivery_source.distribution[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.distribution[0].arn

  depends_on = [aws_s3_bucket_policy.logs]
}
