mock_provider "aws" {
  source = "../../mocks"
}

override_data {
  target = data.aws_secretsmanager_random_password.this
  values = { random_password = "generated-generated" }
}

variables {
  stage                     = "production"
  vpc_id                    = "vpc-0123456789abcdef0"
  subnet_ids                = ["subnet-0a", "subnet-0b", "subnet-0c"]
  client_security_group_ids = { nodes = "sg-0123456789abcdef0" }
  data_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/data"
  secrets_key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
  logs_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/logs"
  node_type                 = "cache.r7g.large"
}

run "rule_everything_is_encrypted_at_rest_and_on_the_way" {
  assert {
    condition     = aws_elasticache_replication_group.this.at_rest_encryption_enabled == "true" && aws_elasticache_replication_group.this.kms_key_id == var.data_key_arn
    error_message = "The cache must be encrypted at rest with the data key (at_rest_encryption_enabled = true)."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.transit_encryption_enabled && aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    error_message = "The cache must speak TLS alone (transit_encryption_mode = required)."
  }
}

run "rule_nobody_connects_without_the_token" {
  assert {
    condition     = nonsensitive(aws_elasticache_replication_group.this.auth_token) == "generated-generated"
    error_message = "The cache must ask for the token."
  }

  assert {
    condition     = data.aws_secretsmanager_random_password.this.exclude_punctuation && data.aws_secretsmanager_random_password.this.password_length >= 32
    error_message = "The token must be long, and made of characters that a URL can hold."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.auth_token_update_strategy == "ROTATE"
    error_message = "A new token must not cut off those who still have the old one."
  }
}

run "rule_the_token_is_in_the_secret_under_our_key" {
  assert {
    condition     = aws_secretsmanager_secret.this.name == "evenkeel/production/cache" && aws_secretsmanager_secret.this.kms_key_id == var.secrets_key_arn
    error_message = "The token must be in evenkeel/<stage>/cache, encrypted with the secrets key."
  }

  assert {
    condition     = startswith(jsondecode(nonsensitive(aws_secretsmanager_secret_version.this.secret_string)).url, "rediss://:generated-generated@")
    error_message = "The secret must hold a URL with TLS and the token."
  }

  assert {
    condition     = aws_secretsmanager_secret.this.recovery_window_in_days == 30
    error_message = "A deleted token must be recoverable for 30 days."
  }
}

run "rule_only_named_groups_may_connect" {
  assert {
    condition = length(aws_vpc_security_group_ingress_rule.clients) == 1 && alltrue([
      for rule in aws_vpc_security_group_ingress_rule.clients :
      rule.referenced_security_group_id == "sg-0123456789abcdef0" && rule.cidr_ipv4 == null && rule.cidr_ipv6 == null &&
      rule.from_port == 6379 && rule.to_port == 6379 && rule.ip_protocol == "tcp"
    ])
    error_message = "The security group must let in Redis from the named groups, and nothing by address."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.security_group_ids == toset([aws_security_group.this.id])
    error_message = "The cache must stand behind the module's own security group alone."
  }
}

run "rule_a_zone_may_fail" {
  assert {
    condition     = aws_elasticache_subnet_group.this.subnet_ids == toset(var.subnet_ids) && aws_elasticache_replication_group.this.subnet_group_name == aws_elasticache_subnet_group.this.name
    error_message = "The cache must be spread over all the subnets that it is given, and be nowhere else."
  }

  assert {
    condition = (
      aws_elasticache_replication_group.this.automatic_failover_enabled &&
      aws_elasticache_replication_group.this.multi_az_enabled &&
      aws_elasticache_replication_group.this.num_cache_clusters >= 2
    )
    error_message = "The cache must have replicas in other zones, and fail over to them by itself."
  }
}

run "rule_what_is_lost_can_be_restored" {
  assert {
    condition     = aws_elasticache_replication_group.this.snapshot_retention_limit >= 7
    error_message = "Snapshots must be kept for a week by default."
  }

  assert {
    condition     = startswith(aws_elasticache_replication_group.this.final_snapshot_identifier, "evenkeel-production-final-")
    error_message = "A deleted cache must leave a last snapshot."
  }
}

run "rule_logs_are_encrypted_and_end" {
  assert {
    condition = length(aws_cloudwatch_log_group.this) == 2 && alltrue([
      for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.logs_key_arn && group.retention_in_days == 365
    ])
    error_message = "The slow log and the engine log must be in groups with a key and a retention."
  }

  assert {
    condition = toset([for log in aws_elasticache_replication_group.this.log_delivery_configuration : log.destination]) == toset([
      for group in aws_cloudwatch_log_group.this : group.name
    ])
    error_message = "The cache must write to these groups."
  }
}
