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
  data_key_arn    = "arn:aws:kms:eu-west-1:111122223333:key/data"
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
    condition     = length(aws_vpc_security_group_ingress_rule.restore_test) == 0 && length(aws_security_group.verifier) == 0
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

run "rule_a_verifier_is_the_only_one_who_may_enter" {
  variables {
    verification_enabled = true
  }

  assert {
    condition = (
      length(aws_vpc_security_group_ingress_rule.restore_test) == 1 &&
      aws_vpc_security_group_ingress_rule.restore_test[0].referenced_security_group_id == aws_security_group.verifier[0].id &&
      aws_vpc_security_group_ingress_rule.restore_test[0].cidr_ipv4 == null &&
      aws_vpc_security_group_ingress_rule.restore_test[0].from_port == 5432 &&
      aws_vpc_security_group_ingress_rule.restore_test[0].to_port == 5432
    )
    error_message = "Only the verifier's group may enter, with PostgreSQL, and never an address."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.verifier) == 1 && aws_vpc_security_group_egress_rule.verifier[0].referenced_security_group_id == aws_security_group.restore_test.id
    error_message = "The verifier must have no way out but to the restored database."
  }

  assert {
    condition     = length(aws_network_acl_rule.isolated) == 6 && alltrue([for rule in aws_network_acl_rule.isolated : contains(values(var.isolated_subnets), rule.cidr_block)])
    error_message = "The ACL must let the isolated subnets speak with each other, and with nobody else."
  }
}

run "rule_a_restore_carries_the_drills_tag_and_stays_isolated" {
  assert {
    condition = length([
      for statement in data.aws_iam_policy_document.drill.statement : statement
      if length(setintersection(statement.actions, ["rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime", "rds:AddTagsToResource"])) > 0
      ]) == 2 && alltrue([
      for statement in data.aws_iam_policy_document.drill.statement : anytrue([
        for condition in statement.condition : condition.test == "StringLike" && condition.variable == "aws:RequestTag/evenkeel:drill" && condition.values == tolist(["?*"])
      ]) if length(setintersection(statement.actions, ["rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime", "rds:AddTagsToResource"])) > 0
    ])
    error_message = "Nothing may be restored or tagged but under the drill's tag."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.drill.statement : [
        for resource in statement.resources : !strcontains(resource, ":subgrp:") || resource == aws_db_subnet_group.restore_test.arn
      ]
    ]))
    error_message = "Nothing may be restored into a subnet group but the isolated one."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.drill.statement : [for resource in statement.resources : resource != "*"] if contains(statement.actions, "rds:RestoreDBInstanceFromDBSnapshot")
    ]))
    error_message = "A restore must name what it may restore, and where."
  }
}

run "rule_nothing_without_the_drills_tag_is_removed" {
  assert {
    condition = length([for statement in data.aws_iam_policy_document.drill.statement : statement if contains(statement.actions, "rds:DeleteDBInstance")]) == 2 && alltrue([
      for statement in data.aws_iam_policy_document.drill.statement : anytrue([
        for condition in statement.condition : condition.variable == "aws:ResourceTag/evenkeel:drill" && condition.test == (statement.effect == "Deny" ? "Null" : "StringLike")
      ]) if contains(statement.actions, "rds:DeleteDBInstance")
    ])
    error_message = "Only what carries the drill's tag may be removed, and anything else must be denied."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.drill.statement : [for resource in statement.resources : endswith(resource, ":db:evenkeel-production-drill-*")]
      if contains(statement.actions, "rds:DeleteDBInstance") && statement.effect != "Deny"
    ]))
    error_message = "Only what is named as a drill may be removed."
  }
}

run "rule_only_the_restore_test_may_take_the_drills_role" {
  assert {
    condition = length(data.aws_iam_policy_document.drill_trust.statement) == 1 && alltrue([
      for statement in data.aws_iam_policy_document.drill_trust.statement : anytrue([
        for condition in statement.condition : condition.variable == "aws:PrincipalArn" && condition.values == tolist(["arn:aws:iam::111122223333:role/evenkeel/production/evenkeel-production-RestoreTest*"])
      ])
    ])
    error_message = "Only roles of the restore test's functions may take the drill's role."
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
    condition = length(data.aws_iam_policy_document.drill.statement) > 0 && alltrue(flatten([
      for document in [
        data.aws_iam_policy_document.backup_trust,
        data.aws_iam_policy_document.drill,
        data.aws_iam_policy_document.drill_trust,
        data.aws_iam_policy_document.replication[0],
        data.aws_iam_policy_document.replication_trust,
      ] : [for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]]
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}
