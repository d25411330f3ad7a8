mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage = "production"
}

run "rule_every_purpose_has_a_key_of_its_own_that_rotates" {
  assert {
    condition = toset(keys(aws_kms_key.this)) == toset(["data", "volumes", "logs", "secrets", "evidence", "backup", "notifications"]) && alltrue([
      for key in aws_kms_key.this : key.enable_key_rotation && key.rotation_period_in_days <= 365
    ])
    error_message = "Each purpose must have a key whose material is renewed at least once a year."
  }

  assert {
    condition     = toset(keys(output.key_arns)) == toset(keys(aws_kms_key.this))
    error_message = "key_arns must have the key of every purpose."
  }

  assert {
    condition     = alltrue([for purpose, alias in aws_kms_alias.this : alias.name == "alias/evenkeel-production-${purpose}"])
    error_message = "Each key must have an alias after its stage and purpose."
  }
}

run "rule_a_deleted_key_can_be_called_back_for_a_month" {
  assert {
    condition     = length(aws_kms_key.this) > 0 && alltrue([for key in aws_kms_key.this : key.deletion_window_in_days == 30])
    error_message = "Unless asked otherwise, 30 days must lie between asking to delete a key and its end."
  }
}

run "rule_no_action_is_a_wildcard_and_no_principal_is_everybody" {
  assert {
    condition = length(data.aws_iam_policy_document.key) > 0 && alltrue(flatten([
      for document in data.aws_iam_policy_document.key : [
        for statement in document.statement : concat(
          [for action in statement.actions : !strcontains(action, "*")],
          [for principal in statement.principals : principal.type != "*" && !contains(principal.identifiers, "*")],
          [length(statement.principals) > 0],
        )
      ]
    ]))
    error_message = "Every statement must name its actions and its principals."
  }
}

run "rule_who_administers_a_key_cannot_read_with_it" {
  assert {
    condition = alltrue([
      for document in data.aws_iam_policy_document.key : length(setintersection(
        flatten([for statement in document.statement : statement.actions if statement.sid == "Administer"]),
        ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant"],
      )) == 0
    ])
    error_message = "The statement for administration must not let anyone use the key."
  }

  assert {
    condition = alltrue([
      for document in data.aws_iam_policy_document.key :
      contains(flatten([for statement in document.statement : statement.actions if statement.sid == "Administer"]), "kms:PutKeyPolicy")
    ])
    error_message = "The account must be able to change the policy, or a mistake in it could never be mended."
  }
}

run "rule_only_secrets_may_be_read_without_a_service_in_between" {
  assert {
    condition = alltrue([
      for purpose, document in data.aws_iam_policy_document.key : alltrue([
        for statement in document.statement :
        purpose == "secrets" || anytrue([for condition in statement.condition : contains(["kms:ViaService"], condition.variable)])
        if contains(statement.actions, "kms:Decrypt") && anytrue([for principal in statement.principals : anytrue([for id in principal.identifiers : endswith(id, ":root")])])
      ])
    ])
    error_message = "Roles of the account must use a key through the services of its purpose only."
  }
}

run "rule_a_service_uses_a_key_for_this_account_only" {
  assert {
    condition = alltrue(flatten([
      for document in data.aws_iam_policy_document.key : [
        for statement in document.statement :
        anytrue([for condition in statement.condition : contains(["aws:SourceAccount", "kms:EncryptionContext:aws:logs:arn"], condition.variable)])
        if anytrue([for principal in statement.principals : principal.type == "Service"])
      ]
    ]))
    error_message = "What a service may do must be tied to this account, or it could be talked into doing it for another."
  }

  assert {
    condition = contains(flatten([
      for statement in data.aws_iam_policy_document.key["notifications"].statement : [for principal in statement.principals : principal.identifiers]
    ]), "cloudwatch.amazonaws.com")
    error_message = "CloudWatch must be able to publish to encrypted topics, or alarms would tell nobody."
  }
}

run "rule_nodes_can_start_with_encrypted_volumes" {
  assert {
    condition = length([
      for statement in data.aws_iam_policy_document.key["volumes"].statement : statement
      if anytrue([for principal in statement.principals : anytrue([for id in principal.identifiers : endswith(id, "/AWSServiceRoleForAutoScaling")])])
    ]) == 2
    error_message = "The key of volumes must name the role of EC2 Auto Scaling, which no policy of ours reaches."
  }
}

run "rule_no_volume_is_left_in_the_clear_or_to_another_key" {
  assert {
    condition     = aws_ebs_encryption_by_default.this[0].enabled && aws_ebs_default_kms_key.this[0].key_arn == aws_kms_key.this["volumes"].arn
    error_message = "A volume that is made without a word about encryption must have the key of volumes."
  }
}

run "rule_the_scaling_role_is_not_made_twice" {
  variables {
    create_autoscaling_role = false
  }

  assert {
    condition     = length(aws_iam_service_linked_role.autoscaling) == 0
    error_message = "An account has the role once; further regions must be able to leave it."
  }
}

run "rule_the_default_of_a_region_has_one_owner" {
  variables {
    default_for_volumes = false
  }

  assert {
    condition     = length(aws_ebs_encryption_by_default.this) + length(aws_ebs_default_kms_key.this) == 0
    error_message = "A second stage of an account and region must leave the default for volumes alone."
  }
}
