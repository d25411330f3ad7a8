mock_provider "aws" {
  source = "../../mocks"

  mock_resource "aws_db_subnet_group" {
    defaults = { arn = "arn:aws:rds:eu-west-1:111122223333:subgrp:evenkeel-production-restore-test" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::evenkeel-production-backups-111122223333" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-west-1:111122223333:rule/mocked" }
  }
}

variables {
  stage           = "production"
  vpc_id          = "vpc-0123456789abcdef0"
  backup_key_arn  = "arn:aws:kms:eu-west-1:111122223333:key/backup"
  database_arn    = "arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production"
  alarm_topic_arn = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alarms"

  isolated_subnets = {
    eu-west-1a = "10.20.32.0/22"
    eu-west-1b = "10.20.36.0/22"
    eu-west-1c = "10.20.40.0/22"
  }

  copy_to = {
    vault_arn      = "arn:aws:backup:eu-central-1:111122223333:backup-vault:evenkeel-production-backup-copies"
    bucket_arn     = "arn:aws:s3:::evenkeel-production-backup-copies-111122223333"
    backup_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/backup"
  }
}

run "rule_nothing_can_enter_where_backups_are_restored" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.restore_test) == 0
    error_message = "The group of restored databases must let nobody in."
  }

  assert {
    condition     = length(aws_network_acl_rule.isolated) == 0 && length(aws_subnet.isolated) == 3 && toset(aws_network_acl.isolated.subnet_ids) == toset(values(aws_subnet.isolated)[*].id)
    error_message = "The ACL of the isolated subnets must be theirs, and let nothing past."
  }

  assert {
    condition     = length(aws_route_table.isolated.route) == 0 && length(aws_route_table_association.isolated) == 3 && alltrue([for association in aws_route_table_association.isolated : association.route_table_id == aws_route_table.isolated.id])
    error_message = "No route may lead out of the isolated subnets."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.isolated : !subnet.map_public_ip_on_launch])
    error_message = "Nothing in the isolated subnets may get a public address."
  }
}

run "rule_restores_are_in_the_isolated_subnets" {
  assert {
    condition     = aws_db_subnet_group.restore_test.subnet_ids == toset(values(aws_subnet.isolated)[*].id)
    error_message = "The subnet group of restores must hold the isolated subnets and no others."
  }
}

run "rule_a_reader_is_the_only_one_who_may_enter" {
  variables {
    reader = { security_group_id = "sg-readers", cidr_blocks = ["10.20.16.0/22", "10.20.20.0/22", "10.20.24.0/22"] }
  }

  assert {
    condition = (
      length(aws_vpc_security_group_ingress_rule.restore_test) == 1 &&
      aws_vpc_security_group_ingress_rule.restore_test[0].referenced_security_group_id == var.reader.security_group_id &&
      aws_vpc_security_group_ingress_rule.restore_test[0].cidr_ipv4 == null &&
      aws_vpc_security_group_ingress_rule.restore_test[0].from_port == 5432 &&
      aws_vpc_security_group_ingress_rule.restore_test[0].to_port == 5432
    )
    error_message = "Only the reader's group may enter, with PostgreSQL, and never an address."
  }

  assert {
    condition     = length(aws_network_acl_rule.isolated) == 6 && alltrue([for rule in aws_network_acl_rule.isolated : contains(var.reader.cidr_blocks, rule.cidr_block)])
    error_message = "The ACL must know the reader's subnets, and nobody else."
  }

  assert {
    condition     = alltrue([for rule in aws_network_acl_rule.isolated : rule.egress ? rule.from_port == 1024 : rule.from_port == 5432 && rule.to_port == 5432])
    error_message = "Only PostgreSQL may come in, and only answers may go out."
  }

  assert {
    condition     = length(aws_route_table.isolated.route) == 0
    error_message = "A reader must not open a route out of the isolated subnets."
  }
}

run "rule_backups_reach_back_in_layers" {
  assert {
    condition = toset([for rule in aws_backup_plan.this.rule : "${rule.rule_name} ${rule.lifecycle[0].delete_after}"]) == toset([
      "daily 30", "weekly 90", "monthly 365",
    ])
    error_message = "There must be daily backups for 30 days, weekly ones for 90 and monthly ones for a year."
  }

  assert {
    condition     = aws_backup_selection.this.resources == toset([var.database_arn]) && aws_backup_selection.this.plan_id == aws_backup_plan.this.id
    error_message = "The plan must back up the database."
  }
}

run "rule_every_backup_is_copied_to_the_second_region" {
  assert {
    condition = alltrue([
      for rule in aws_backup_plan.this.rule : length(rule.copy_action) == 1 && alltrue([for copy in rule.copy_action : copy.destination_vault_arn == var.copy_to.vault_arn])
    ])
    error_message = "Each layer must be copied to the second region's vault."
  }

  assert {
    condition = (
      length(aws_s3_bucket_replication_configuration.this) == 1 &&
      aws_s3_bucket_replication_configuration.this[0].rule[0].status == "Enabled" &&
      aws_s3_bucket_replication_configuration.this[0].rule[0].destination[0].bucket == var.copy_to.bucket_arn &&
      aws_s3_bucket_replication_configuration.this[0].rule[0].destination[0].encryption_configuration[0].replica_kms_key_id == var.copy_to.backup_key_arn
    )
    error_message = "Dumps must be copied to the second region's bucket, under its key."
  }

  assert {
    condition     = aws_s3_bucket_replication_configuration.this[0].rule[0].delete_marker_replication[0].status == "Disabled"
    error_message = "What is deleted here must stay there."
  }
}

run "rule_a_backup_that_fails_or_does_not_come_is_told" {
  assert {
    condition     = length(aws_cloudwatch_event_target.failed) == 2 && alltrue([for target in aws_cloudwatch_event_target.failed : target.arn == var.alarm_topic_arn])
    error_message = "Failed backups and failed copies must be told to people."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.stale.alarm_actions == toset([var.alarm_topic_arn]) && aws_cloudwatch_metric_alarm.stale.treat_missing_data == "breaching"
    error_message = "A day without a backup must be told to people, also when nothing was measured."
  }
}

run "rule_no_action_is_a_wildcard" {
  assert {
    condition = length(data.aws_iam_policy_document.replication[0].statement) > 0 && alltrue(flatten([
      for document in [
        data.aws_iam_policy_document.backup_trust,
        data.aws_iam_policy_document.replication[0],
        data.aws_iam_policy_document.replication_trust,
      ] : [for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]]
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}

run "rule_the_way_in_says_whose_it_is" {
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.restore_test : length(rule.description) > 0])
    error_message = "Whoever may reach restored databases must be named (description)."
  }
}
