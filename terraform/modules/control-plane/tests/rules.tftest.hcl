mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage                     = "production"
  vpc_id                    = "vpc-1"
  private_subnet_ids        = ["subnet-a", "subnet-b", "subnet-c"]
  cluster_name              = "evenkeel-production"
  cluster_namespace         = "mcp-ui"
  cluster_security_group_id = "sg-cluster"
  alarm_topic_arn           = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alarms"
  data_key_arn              = "arn:aws:kms:eu-west-1:111122223333:key/data"
  evidence_key_arn          = "arn:aws:kms:eu-west-1:111122223333:key/evidence"
  notifications_key_arn     = "arn:aws:kms:eu-west-1:111122223333:key/notifications"
  secrets_key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
  databases = {
    evenkeel-production = {
      arn               = "arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production"
      secret_arn        = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:evenkeel/production/database-a1b2c3"
      security_group_id = "sg-database"
    }
  }
  restores = {
    subnet_group      = "evenkeel-production-restore-test"
    security_group_id = "sg-restores"
    parameter_group   = "evenkeel-production-postgres17"
  }
  exports = {
    bucket  = "evenkeel-production-backups-111122223333"
    key_arn = "arn:aws:kms:eu-west-1:111122223333:key/backup"
  }
  backup_copies = {
    region  = "eu-central-1"
    key_arn = "arn:aws:kms:eu-central-1:111122223333:key/data"
  }
  traffic_rules = {
    shop = {
      rule  = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/evenkeel-production/1/2/3"
      blue  = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-blue/1"
      green = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-green/2"
    }
  }
  probe_addresses = {
    shop = {
      public = { url = "https://shop.example.com/", headers = {} }
      blue   = { url = "https://slots.example.com:8443/", headers = { x-evenkeel-slot = "blue" } }
      green  = { url = "https://slots.example.com:8443/", headers = { x-evenkeel-slot = "green" } }
    }
  }
}

run "rule_the_parameters_are_exactly_those_that_the_stack_reads" {
  assert {
    condition = length(local.parameters) > 0 && toset(keys(aws_ssm_parameter.this)) == toset(flatten(
      regexall("name: '([a-z0-9-]+)'", file("../../../serverless/parameters.ts"))
    ))
    error_message = "Parameters must be those of serverless/parameters.ts, no more and no fewer."
  }

  assert {
    condition     = alltrue([for name, parameter in aws_ssm_parameter.this : parameter.name == "/evenkeel/production/${name}"])
    error_message = "Parameters must lie under /evenkeel/<stage>/."
  }

  assert {
    condition = { for name, parameter in aws_ssm_parameter.this : name => parameter.type if parameter.type == "StringList" } == {
      for name in flatten(regexall("name: '([a-z0-9-]+)'[^}]*list: true", file("../../../serverless/parameters.ts"))) : name => "StringList"
    }
    error_message = "Lists must be lists where the stack reads lists."
  }
}

run "rule_the_control_plane_is_told_the_truth" {
  assert {
    condition     = aws_ssm_parameter.this["traffic-rules"].value == jsonencode(var.traffic_rules) && jsondecode(aws_ssm_parameter.this["probe-addresses"].value).shop.green.headers["x-evenkeel-slot"] == "green"
    error_message = "Rules and addresses must be handed on unchanged, as JSON."
  }

  assert {
    condition = alltrue([
      for service, repository in aws_ecr_repository.service : repository.name == "${aws_ssm_parameter.this["image-repository-prefix"].value}${service}"
    ])
    error_message = "A repository must be the prefix that the control plane is told, and the service."
  }
}

run "rule_evidence_cannot_be_changed_or_deleted" {
  assert {
    condition = (
      aws_s3_bucket.evidence.object_lock_enabled &&
      aws_s3_bucket_versioning.evidence.versioning_configuration[0].status == "Enabled" &&
      aws_s3_bucket_object_lock_configuration.evidence.rule[0].default_retention[0].mode == "COMPLIANCE" &&
      aws_s3_bucket_object_lock_configuration.evidence.rule[0].default_retention[0].days >= 365
    )
    error_message = "Evidence must be locked for at least a year by default, so that nobody, the account's owner included, can change it."
  }

  assert {
    condition     = aws_s3_bucket.evidence.force_destroy != true
    error_message = "The bucket of evidence must not empty itself."
  }
}

run "rule_pages_lie_in_a_closed_bucket_and_pager_keys_are_ours_to_encrypt" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.pages.block_public_acls,
      aws_s3_bucket_public_access_block.pages.block_public_policy,
      aws_s3_bucket_public_access_block.pages.ignore_public_acls,
      aws_s3_bucket_public_access_block.pages.restrict_public_buckets,
    ])
    error_message = "The bucket of pages must refuse to be public: a distribution stands before it."
  }

  assert {
    condition     = aws_secretsmanager_secret.pager_keys.kms_key_id == var.secrets_key_arn
    error_message = "Keys of the pager must be encrypted with the key of secrets."
  }
}

run "rule_evidence_is_private_and_encrypted_with_its_own_key" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.evidence.block_public_acls,
      aws_s3_bucket_public_access_block.evidence.block_public_policy,
      aws_s3_bucket_public_access_block.evidence.ignore_public_acls,
      aws_s3_bucket_public_access_block.evidence.restrict_public_buckets,
    ])
    error_message = "The bucket of evidence must refuse to be public."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.evidence.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.evidence_key_arn
    ])
    error_message = "Evidence must be encrypted with its own key."
  }

  assert {
    condition = alltrue([
      for sid in ["RefusePlainHttp", "RefuseOtherKeys", "RefuseKeysOfS3", "RefuseToLockForLess"] :
      contains([for statement in data.aws_iam_policy_document.evidence.statement : statement.sid if statement.effect == "Deny"], sid)
    ])
    error_message = "The bucket must refuse plain HTTP, other keys, and shorter locks."
  }
}

run "rule_who_administers_the_signing_key_cannot_sign" {
  assert {
    condition     = aws_kms_key.signing.key_usage == "SIGN_VERIFY" && startswith(aws_kms_key.signing.customer_master_key_spec, "ECC_")
    error_message = "The signing key must be asymmetric, so that evidence can be checked without an account."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.signing.statement :
      anytrue([for condition in statement.condition : condition.variable == "aws:PrincipalArn" && alltrue([for value in condition.values : endswith(value, ":role/evenkeel/production/*")])])
      if contains(statement.actions, "kms:Sign")
      ]) && length([
      for statement in data.aws_iam_policy_document.signing.statement : statement if contains(statement.actions, "kms:Sign")
    ]) == 1
    error_message = "Only roles of the control plane may sign."
  }
}

run "rule_images_do_not_change_and_are_scanned_and_encrypted" {
  assert {
    condition = length(aws_ecr_repository.service) == 1 && alltrue([
      for repository in aws_ecr_repository.service :
      repository.image_tag_mutability == "IMMUTABLE" &&
      repository.image_scanning_configuration[0].scan_on_push &&
      repository.encryption_configuration[0].kms_key == var.data_key_arn &&
      !repository.force_delete
    ])
    error_message = "Repositories must hold images that never change, scan them, encrypt them, and refuse deletion."
  }

  assert {
    condition = alltrue(flatten([
      for policy in aws_ecr_lifecycle_policy.service : [for rule in jsondecode(policy.policy).rules : rule.selection.tagStatus == "untagged"]
    ]))
    error_message = "No image that has a tag may be forgotten: it may be the version to go back to."
  }
}

run "rule_the_topic_is_encrypted_and_for_this_account" {
  assert {
    condition     = aws_sns_topic.alerts.kms_master_key_id == var.notifications_key_arn
    error_message = "The topic must be encrypted with the notifications key."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.alerts.statement : [
        for principal in statement.principals : principal.type == "AWS" && alltrue([for id in principal.identifiers : endswith(id, ":111122223333:root")])
      ] if statement.effect != "Deny"
    ]))
    error_message = "Only roles of this account may publish."
  }
}

run "rule_nothing_reaches_into_the_functions" {
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.cluster.security_group_id == var.cluster_security_group_id &&
      aws_vpc_security_group_ingress_rule.cluster.referenced_security_group_id == aws_security_group.functions.id &&
      aws_vpc_security_group_ingress_rule.cluster.from_port == 443 && aws_vpc_security_group_ingress_rule.cluster.to_port == 443
    )
    error_message = "The only way in that is opened must lead from the functions to the Kubernetes API."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.functions : rule.from_port]) == toset([443, 8443])
    error_message = "Functions must speak HTTPS and to the test listener only."
  }
}

run "rule_boundaries_name_every_action_and_grant_no_power_over_access" {
  assert {
    condition = alltrue(flatten([
      for statement in flatten(values(local.written)) : [for action in statement.actions : !strcontains(action, "*")]
    ]))
    error_message = "A boundary must name every action."
  }

  assert {
    condition = !anytrue(flatten([
      for statement in flatten(values(local.written)) : [for action in statement.actions : anytrue([for service in ["iam:", "sts:", "organizations:", "kms:Put", "kms:Create"] : startswith(action, service)])] if !contains(["HandOnTheRoleOfRemovals", "KeysThroughRds"], statement.sid)
    ]))
    error_message = "No role of the control plane may change who may do what."
  }

  assert {
    condition = alltrue([
      for statement in flatten(values(local.written)) : contains(["NetworkAndTraces", "WhatKnowsNoResource"], statement.sid) if contains(statement.resources, "*") && statement.effect != "Deny" && length(statement.condition) == 0
    ])
    error_message = "Every statement but those for actions without resources must name its resources, or hold under a condition."
  }
}

run "rule_boundaries_as_iam_has_them_say_all_that_is_written_and_no_more" {
  assert {
    condition = length(local.written) == 3 && alltrue([
      for whose, statements in local.written :
      toset(flatten(jsondecode(aws_iam_policy.boundary[whose].policy).Statement[*].Action)) == toset(flatten(statements[*].actions))
    ])
    error_message = "Every action must be in the policy."
  }

  assert {
    condition = alltrue([
      for whose, statements in local.written :
      toset(flatten(jsondecode(aws_iam_policy.boundary[whose].policy).Statement[*].Resource)) == toset(flatten(statements[*].resources))
    ])
    error_message = "Every resource must be in the policy."
  }

  assert {
    condition = alltrue(flatten([
      for policy in aws_iam_policy.boundary : [
        for statement in jsondecode(policy.policy).Statement : contains(keys(statement), "Condition")
        if statement.Effect == "Deny" || length(setintersection(statement.Action, ["iam:PassRole", "kms:CreateGrant"])) > 0
      ]
    ]))
    error_message = "What holds under a condition alone must not lose it."
  }

  # Names of statements are what merging goes by.
  assert {
    condition     = alltrue([for statements in local.written : length(distinct(statements[*].sid)) == length(statements)])
    error_message = "No two statements of one boundary may have one name."
  }

  assert {
    condition     = length(jsondecode(aws_iam_policy.boundary["functions"].policy).Statement) < length(local.written["functions"]) - 8
    error_message = "Statements that are alone in their services must be one."
  }
}

run "rule_each_kind_of_role_has_a_boundary_of_its_own" {
  assert {
    condition = length(setintersection(
      flatten(concat(local.written["actors"][*].actions, local.written["functions"][*].actions)),
      ["lambda:InvokeFunction", "logs:CreateLogDelivery", "states:SendTaskSuccess", "states:StopExecution"],
    )) == 0
    error_message = "What machines alone do must be out of reach of functions."
  }

  assert {
    condition = length(setintersection(
      flatten(local.written["actors"][*].actions),
      ["elasticloadbalancing:ModifyRule", "kms:Sign", "rds:DeleteDBInstance", "route53:ChangeResourceRecordSets", "s3:DeleteObject", "s3:PutObject"],
    )) == 0
    error_message = "Who acts on what an alarm is about must neither move traffic, nor sign, nor remove."
  }

  assert {
    condition = toset(flatten([
      for statement in local.written["actors"] : statement.resources if contains(statement.actions, "rds:RebootDBInstance")
    ])) == toset(["arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production", "arn:aws:rds:*:111122223333:db:evenkeel-production-replica-*"])
    error_message = "Who acts on what an alarm is about must reach the databases of this stage and no others."
  }

  assert {
    condition = alltrue([
      for statement in local.written["functions"] : contains(statement.resources, "arn:aws:rds:*:111122223333:db:*") && one(statement.condition).variable == "aws:ResourceTag/evenkeel:failover"
      if contains(statement.actions, "rds:PromoteReadReplica")
    ])
    error_message = "Other functions must promote and restart servers of a failover alone."
  }
}

run "rule_boundaries_have_room_for_every_role_of_the_stack" {
  assert {
    condition = length(regexall("'[a-z0-9]+:[A-Z][A-Za-z]+'", file("../../../serverless/grants.ts"))) > 0 && length(setsubtract(
      flatten([for source in ["functions", "grants", "certificate-grants", "data-tier-grants", "database-grants", "drill-grants", "edge-grants", "failover-grants", "machines"] : regexall("'((?:acm|cloudfront|cloudwatch|dynamodb|ec2|ecr|eks|elasticache|elasticloadbalancing|events|iam|kms|lambda|logs|rds|route53|s3|scheduler|secretsmanager|sqs|states|xray):[A-Z][A-Za-z0-9]+)'", file("../../../serverless/${source}.ts"))]),
      # Keys of conditions look like actions.
      concat(["dynamodb:LeadingKeys", "iam:PassedToService", "kms:ViaService", "route53:ChangeResourceRecordSetsActions", "route53:ChangeResourceRecordSetsRecordTypes"], flatten([for statement in flatten(values(local.written)) : statement.actions])),
    )) == 0
    error_message = "An action that serverless/ grants is in no boundary, so it would be refused."
  }
}

run "rule_nothing_without_a_mark_of_ours_is_removed" {
  assert {
    condition = {
      for statement in flatten(values(local.written)) : one(statement.actions) => one(statement.condition).variable if statement.effect == "Deny"
      } == {
      "rds:DeleteDBInstance" = "aws:ResourceTag/evenkeel:drill"
      "rds:DeleteDBSnapshot" = "aws:ResourceTag/evenkeel:backup"
    }
    error_message = "Databases without a drill's mark, and snapshots without a backup's, must be denied to every role."
  }

  assert {
    condition = alltrue(flatten([
      for statement in flatten(values(local.written)) : [for resource in statement.resources : endswith(resource, ":db:evenkeel-drill-*")]
      if statement.effect != "Deny" && contains(statement.actions, "rds:DeleteDBInstance")
    ]))
    error_message = "Only what is named as a drill may be removed."
  }
}

run "rule_restores_name_no_place_but_the_isolated_one" {
  assert {
    condition = toset(flatten([
      for statement in flatten(values(local.written)) : [for resource in statement.resources : resource if strcontains(resource, ":subgrp:")]
    ])) == toset(["arn:aws:rds:*:111122223333:subgrp:evenkeel-production-restore-test"])
    error_message = "No role may restore into a subnet group but the isolated one."
  }
}

run "rule_schedules_may_call_the_remover_and_nothing_else" {
  assert {
    condition     = toset(flatten(data.aws_iam_policy_document.removals.statement[*].actions)) == toset(["lambda:InvokeFunction", "sqs:SendMessage"]) && !strcontains(jsonencode(data.aws_iam_policy_document.removals.statement[*].resources), "*")
    error_message = "The role of removals must call one function, and keep what it could not call in one queue."
  }

  assert {
    condition     = one(data.aws_iam_policy_document.removals.statement[0].resources) == "arn:aws:lambda:eu-west-1:111122223333:function:evenkeel-production-triggerRemovalDue"
    error_message = "Schedules must call the function that the stack names."
  }

  assert {
    condition     = anytrue([for condition in data.aws_iam_policy_document.removals_trust.statement[0].condition : condition.variable == "aws:SourceArn"])
    error_message = "Only schedules of the group of drills may take the role."
  }
}

run "rule_readers_reach_databases_and_nobody_reaches_readers" {
  assert {
    condition     = aws_vpc_security_group_egress_rule.readers_restored.referenced_security_group_id == var.restores.security_group_id && aws_vpc_security_group_egress_rule.readers_restored.from_port == 5432
    error_message = "Readers must reach restored databases, with PostgreSQL."
  }

  assert {
    condition     = toset(values(aws_vpc_security_group_egress_rule.readers_production)[*].referenced_security_group_id) == toset(["sg-database"])
    error_message = "Readers must reach the databases of production by their groups."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.readers_aws.from_port == 443 && aws_vpc_security_group_egress_rule.readers_aws.to_port == 443
    error_message = "Beside databases, readers must reach AWS alone."
  }
}

run "rule_a_stage_without_a_second_region_says_so" {
  variables {
    backup_copies = null
  }

  assert {
    condition     = aws_ssm_parameter.this["second-region"].value == "none" && aws_ssm_parameter.this["copy-key-arn"].value == "none" && aws_ssm_parameter.this["database-key-arns"].value == var.data_key_arn
    error_message = "Without copies there must be no region, and no key but the one of the databases."
  }
}

run "rule_images_follow_to_the_second_region_where_asked" {
  variables {
    replicate_images_to = ["eu-central-1"]
  }

  assert {
    condition     = one(aws_ecr_replication_configuration.this[0].replication_configuration[0].rule[0].destination).region == "eu-central-1"
    error_message = "Images must be copied to the regions that were named."
  }
}

run "rule_repositories_of_a_second_region_are_made_by_replication_alone" {
  variables {
    images_arrive_by_replication = true
  }

  assert {
    condition     = length(aws_ecr_repository.service) == 0 && toset(keys(output.image_repository_arns)) == toset(keys(var.traffic_rules))
    error_message = "Replication makes the repositories: a second maker would fail as soon as an image was pushed."
  }

  assert {
    condition = alltrue([
      for template in aws_ecr_repository_creation_template.replicated :
      template.image_tag_mutability == "IMMUTABLE" && template.encryption_configuration[0].kms_key == var.data_key_arn && toset(template.applied_for) == toset(["REPLICATION"])
    ]) && length(aws_ecr_repository_creation_template.replicated) == 1
    error_message = "What replication makes must be encrypted with our key and keep its tags, as in the first region."
  }
}

run "rule_each_way_to_a_database_says_what_it_is_for" {
  assert {
    condition = alltrue([
      for rule in concat(values(aws_vpc_security_group_egress_rule.readers_production), [aws_vpc_security_group_egress_rule.readers_restored]) :
      length(rule.description) > 0 && rule.from_port == 5432 && rule.to_port == 5432
    ])
    error_message = "Readers must reach databases at PostgreSQL's port alone, and each rule must say why (description)."
  }
}

run "rule_a_second_region_can_ask_the_first_ones_database_and_no_other" {
  variables {
    failover_network = "10.20.0.0/16"
    failover         = { writers = { evenkeel-production = { region = "eu-west-1" } } }
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_egress_rule.functions_failover : [rule.cidr_ipv4, rule.from_port, rule.to_port]] == [["10.20.0.0/16", 5432, 5432]]
    error_message = "The witnesses must be able to try the database of the first region's network, and nothing beyond."
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.this["failover"].value) == { writers = { evenkeel-production = { region = "eu-west-1" } } }
    error_message = "The stack must read what a failover needs to know."
  }
}

run "rule_without_a_first_region_no_function_reaches_a_database_elsewhere" {
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.functions_failover) == 0 && jsondecode(aws_ssm_parameter.this["failover"].value) == {}
    error_message = "Where nothing is taken over the functions must reach no other network."
  }
}
