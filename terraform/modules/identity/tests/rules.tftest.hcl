mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage                    = "production"
  oidc_provider_arn        = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
  oidc_issuer              = "oidc.eks.eu-west-1.amazonaws.com/id/ABC"
  cluster_name             = "evenkeel-production"
  cluster_namespace        = "mcp-ui"
  domain                   = "mcp-ui.example.com"
  hosted_zone_id           = "Z0123456789EXAMPLE"
  secret_arns              = { database = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:evenkeel/production/database-AbCdEf" }
  target_group_arns        = { shop-blue = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-blue/1" }
  image_repository_arns    = { shop = "arn:aws:ecr:eu-west-1:111122223333:repository/evenkeel/shop" }
  backup_bucket_arn        = "arn:aws:s3:::evenkeel-production-backups-111122223333"
  prometheus_workspace_arn = "arn:aws:aps:eu-west-1:111122223333:workspace/ws-1"
  alert_topic_arn          = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alerts"
  permissions_boundary_arns = {
    functions = "arn:aws:iam::111122223333:policy/evenkeel-production-boundary-functions"
    machines  = "arn:aws:iam::111122223333:policy/evenkeel-production-boundary-machines"
  }
  secrets_key_arn       = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
  backup_key_arn        = "arn:aws:kms:eu-west-1:111122223333:key/backup"
  notifications_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/notifications"
  github = {
    repository          = "acme/shop"
    release_environment = "production"
    deploy_environment  = "production-control-plane"
  }
}

run "rule_no_action_is_a_wildcard" {
  assert {
    condition = alltrue(flatten([
      for document in concat(values(local.policies), [
        data.aws_iam_policy_document.github_release,
        data.aws_iam_policy_document.github_deploy_roles,
        data.aws_iam_policy_document.github_deploy_stack,
        ]) : concat([length(document.statement) > 0], flatten([
          for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]
      ]))
    ]))
    error_message = "Every statement must name its actions."
  }
}

run "rule_only_looking_is_allowed_everywhere" {
  assert {
    condition = alltrue(flatten([
      for document in concat(values(local.policies), [
        data.aws_iam_policy_document.github_release,
        data.aws_iam_policy_document.github_deploy_roles,
        data.aws_iam_policy_document.github_deploy_stack,
        ]) : [
        for statement in document.statement : [
          for action in statement.actions : can(regex(":(Describe|Get|List|Validate)[A-Za-z]*$", action))
        ] if contains(statement.resources, "*") && !anytrue([for condition in statement.condition : condition.variable == "cloudwatch:namespace"])
      ]
    ]))
    error_message = "What changes something must name what it may change."
  }
}

run "rule_a_role_is_for_one_service_account" {
  assert {
    condition = length(data.aws_iam_policy_document.service_account_trust) == length(aws_iam_role.service_account) && alltrue([
      for name, document in data.aws_iam_policy_document.service_account_trust : alltrue([
        for statement in document.statement :
        toset([for condition in statement.condition : condition.variable]) == toset(["${var.oidc_issuer}:sub", "${var.oidc_issuer}:aud"]) &&
        alltrue([for condition in statement.condition : condition.test == "StringEquals" && length(condition.values) == 1 && !strcontains(one(condition.values), "*")])
      ])
    ])
    error_message = "A role must trust exactly one service account, by its full name, and tokens that are meant for AWS."
  }

  assert {
    condition     = length(distinct([for account in local.service_accounts : "${account.namespace}:${account.account}"])) == length(local.service_accounts)
    error_message = "No two roles may be for the same service account."
  }

  assert {
    condition     = toset(keys(local.policies)) == toset(keys(local.service_accounts))
    error_message = "Each role must have a policy, and each policy a role."
  }
}

run "rule_each_account_of_the_manifests_has_its_role_and_no_service_has_one" {
  assert {
    condition = toset([for account in local.service_accounts : account.account if account.namespace == "mcp-ui"]) == toset([
      "certificate-dns01", "configuration-backup", "database-backup", "external-secrets", "traffic-publisher",
    ])
    error_message = "In the services' namespace only what calls AWS may have a role; the services do not."
  }

  assert {
    condition = toset([for account in local.service_accounts : account.account if account.namespace == "monitoring"]) == toset([
      "alertmanager", "cloudwatch-exporter", "external-secrets", "jaeger", "prometheus",
    ])
    error_message = "In the monitoring's namespace only what calls AWS may have a role."
  }
}

run "rule_certificates_are_proven_and_nothing_else_is_written_to_the_zone" {
  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.certificate_dns01.statement :
      one(statement.resources) == "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE" &&
      { for condition in statement.condition : condition.variable => condition.values } == {
        "route53:ChangeResourceRecordSetsRecordTypes"           = tolist(["TXT"])
        "route53:ChangeResourceRecordSetsNormalizedRecordNames" = tolist(["_acme-challenge.mcp-ui.example.com", "_acme-challenge.*.mcp-ui.example.com"])
      }
      if contains(statement.actions, "route53:ChangeResourceRecordSets")
    ]) && anytrue([for statement in data.aws_iam_policy_document.certificate_dns01.statement : contains(statement.actions, "route53:ChangeResourceRecordSets")])
    error_message = "cert-manager must be able to write text records below _acme-challenge in one zone, and nothing else."
  }
}

run "rule_backups_can_be_written_and_neither_read_nor_deleted" {
  assert {
    condition = length(data.aws_iam_policy_document.backup) == 2 && alltrue([
      for kind, document in data.aws_iam_policy_document.backup :
      toset(flatten([for statement in document.statement : [for action in statement.actions : action if startswith(action, "s3:")]])) == toset(["s3:AbortMultipartUpload", "s3:PutObject"]) &&
      contains(flatten([for statement in document.statement : statement.resources]), "${var.backup_bucket_arn}/${kind}/*")
    ])
    error_message = "A backup job must write below its own prefix, and neither read nor delete."
  }
}

run "rule_keys_are_used_through_their_service_only" {
  assert {
    condition = alltrue(flatten([
      for document in values(local.policies) : [
        for statement in document.statement : anytrue([for condition in statement.condition : condition.variable == "kms:ViaService"])
        if anytrue([for action in statement.actions : startswith(action, "kms:")])
      ]
      ])) && anytrue(flatten([
      for document in values(local.policies) : [for statement in document.statement : [for action in statement.actions : startswith(action, "kms:")]]
    ]))
    error_message = "No account may decrypt by itself what it got elsewhere."
  }
}

run "rule_the_autoscaler_moves_this_clusters_groups_only" {
  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.cluster_autoscaler.statement :
      anytrue([for condition in statement.condition : condition.variable == "aws:ResourceTag/k8s.io/cluster-autoscaler/evenkeel-production"])
      if contains(statement.actions, "autoscaling:SetDesiredCapacity")
    ]) && contains(flatten([for statement in data.aws_iam_policy_document.cluster_autoscaler.statement : statement.actions]), "autoscaling:SetDesiredCapacity")
    error_message = "The autoscaler must scale groups that are marked as this cluster's, and no other."
  }
}

run "rule_requests_are_counted_in_one_namespace_of_metrics_only" {
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.traffic_publisher.statement : statement.actions])) == toset(["cloudwatch:PutMetricData"]) && alltrue([
      for statement in data.aws_iam_policy_document.traffic_publisher.statement :
      anytrue([for condition in statement.condition : condition.test == "StringEquals" && condition.variable == "cloudwatch:namespace" && condition.values == tolist(["Evenkeel/Traffic"])])
    ])
    error_message = "The publisher must be able to put metrics of Evenkeel/Traffic, and nothing else."
  }
}

run "rule_only_this_stages_store_is_asked_and_logs_are_only_written" {
  assert {
    condition = alltrue(flatten([
      for document in [data.aws_iam_policy_document.fluent_bit, data.aws_iam_policy_document.jaeger] : [
        for statement in document.statement : [for resource in statement.resources : startswith(resource, "arn:aws:es:eu-west-1:111122223333:domain/evenkeel-production/")]
      ]
    ])) && length(data.aws_iam_policy_document.fluent_bit.statement) == 1
    error_message = "What writes logs and traces must reach the domain of its own stage, and no other."
  }

  assert {
    condition     = one(data.aws_iam_policy_document.fluent_bit.statement).actions == toset(["es:ESHttpPost"]) && one(data.aws_iam_policy_document.fluent_bit.statement).resources == toset(["${local.opensearch_arn}/_bulk"])
    error_message = "The log shipper must be able to add lines, and neither to read nor to delete them."
  }
}

run "rule_github_is_trusted_by_repository_and_environment" {
  assert {
    condition = { for name, document in data.aws_iam_policy_document.github_trust : name => one(one([
      for condition in document.statement[0].condition : condition.values if condition.variable == "token.actions.githubusercontent.com:sub"
      ])) } == {
      release = "repo:acme/shop:environment:production"
      deploy  = "repo:acme/shop:environment:production-control-plane"
    }
    error_message = "A role must trust jobs of one environment of one repository."
  }

  assert {
    condition = alltrue([
      for document in data.aws_iam_policy_document.github_trust : length(document.statement) == 1 && alltrue([
        for condition in document.statement[0].condition : condition.test == "StringEquals"
      ]) && anytrue([for condition in document.statement[0].condition : condition.variable == "token.actions.githubusercontent.com:aud"])
    ])
    error_message = "Trust must be exact, and for tokens that are meant for AWS."
  }
}

run "rule_a_release_is_asked_for_and_not_done_by_github" {
  assert {
    condition = alltrue([
      for action in flatten([for statement in data.aws_iam_policy_document.github_release.statement : statement.actions]) :
      startswith(action, "ecr:") || action == "events:PutEvents"
    ])
    error_message = "The role for releases must push images and ask, nothing else."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.github_release.statement :
      { for condition in statement.condition : condition.variable => toset(condition.values) } == {
        "events:source"      = toset(["evenkeel"])
        "events:detail-type" = toset(["DeployRequested", "RollbackRequested"])
      } if contains(statement.actions, "events:PutEvents")
    ])
    error_message = "It must be able to send wishes only: no event that looks like AWS's own."
  }
}

run "rule_a_deployment_cannot_give_itself_more_than_a_boundary" {
  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.github_deploy_roles.statement :
      anytrue([for condition in statement.condition : condition.variable == "iam:PermissionsBoundary" && condition.test == "StringEquals" && toset(condition.values) == toset(values(var.permissions_boundary_arns))])
      if length(setintersection(statement.actions, ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary", "iam:DeleteRolePolicy"])) > 0
    ])
    error_message = "Roles must be made and changed within a boundary only."
  }

  assert {
    condition = length(setintersection(
      flatten([
        for document in [data.aws_iam_policy_document.github_deploy_roles, data.aws_iam_policy_document.github_deploy_stack] :
        [for statement in document.statement : statement.actions]
      ]),
      [
        "eks:AssociateAccessPolicy", "iam:AttachRolePolicy", "iam:CreatePolicyVersion", "iam:DeleteRolePermissionsBoundary",
        "iam:SetDefaultPolicyVersion", "dynamodb:DeleteTable", "sqs:DeleteQueue", "ssm:PutParameter",
      ],
    )) == 0
    error_message = "No way around the boundaries, none to the cluster's administration, and none to delete what is kept."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.github_deploy_roles.statement : [
        for resource in statement.resources : resource == "arn:aws:iam::111122223333:role/evenkeel/production/*"
      ] if anytrue([for action in statement.actions : startswith(action, "iam:")])
    ]))
    error_message = "Only roles of the stack may be touched, never those that Terraform made."
  }

  assert {
    condition     = endswith(local.stack_roles, ":role/evenkeel/production/*") && strcontains(file("../../../serverless/role.ts"), "Path: `/evenkeel/\\$${sls:stage}/`")
    error_message = "The stack must put its roles where this role may make them."
  }
}

run "rule_access_to_the_cluster_is_given_to_functions_in_one_group_only" {
  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.github_deploy_roles.statement :
      toset([for condition in statement.condition : condition.variable]) == toset(["eks:kubernetesGroups", "eks:principalArn", "eks:accessEntryType"])
      if contains(statement.actions, "eks:CreateAccessEntry")
    ]) && contains(flatten([for statement in data.aws_iam_policy_document.github_deploy_roles.statement : statement.actions]), "eks:CreateAccessEntry")
    error_message = "An access entry must be for a role of the stack, in the groups of the functions, of the standard type."
  }

  assert {
    condition     = output.cluster_access_group == "evenkeel" && strcontains(file("../../../k8s/base/access/evenkeel.yaml"), "name: ${output.cluster_access_group}")
    error_message = "The group must be the one that the manifests bind."
  }

  assert {
    condition     = strcontains(file("../../../k8s/base/access/exports.yaml"), "name: ${output.cluster_access_group}-exports")
    error_message = "The group of those who make exports must be the one that the manifests bind."
  }
}

run "rule_the_identity_provider_of_github_is_not_made_twice" {
  variables {
    github = {
      repository          = "acme/shop"
      release_environment = "production"
      deploy_environment  = "production-control-plane"
      create_provider     = false
    }
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && local.github_provider_arn == "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    error_message = "An account has the provider once; further regions must be able to use it."
  }
}
