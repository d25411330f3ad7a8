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

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "1st"
  }

  expect_failures = [var.stage]
}

run "refuses_a_provider_by_url" {
  command = plan

  variables {
    oidc_provider_arn = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"
  }

  expect_failures = [var.oidc_provider_arn]
}

run "refuses_an_issuer_with_its_scheme" {
  command = plan

  variables {
    oidc_issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"
  }

  expect_failures = [var.oidc_issuer]
}

run "refuses_a_cluster_by_arn" {
  command = plan

  variables {
    cluster_name = "arn:aws:eks:eu-west-1:111122223333:cluster/x"
  }

  expect_failures = [var.cluster_name]
}

run "refuses_a_namespace_of_kubernetes" {
  command = plan

  variables {
    cluster_namespace = "kube-system"
  }

  expect_failures = [var.cluster_namespace]
}

run "refuses_monitoring_in_a_namespace_of_kubernetes" {
  command = plan

  variables {
    monitoring_namespace = "kube-system"
  }

  expect_failures = [var.monitoring_namespace]
}

run "refuses_monitoring_in_the_services_namespace" {
  command = plan

  variables {
    monitoring_namespace = "mcp-ui"
  }

  expect_failures = [var.monitoring_namespace]
}

run "refuses_to_make_functions_administrators" {
  command = plan

  variables {
    cluster_access_group = "system:masters"
  }

  expect_failures = [var.cluster_access_group]
}

run "refuses_a_domain_with_a_final_dot" {
  command = plan

  variables {
    domain = "mcp-ui.example.com."
  }

  expect_failures = [var.domain]
}

run "refuses_a_zone_by_name" {
  command = plan

  variables {
    hosted_zone_id = "example.com"
  }

  expect_failures = [var.hosted_zone_id]
}

run "refuses_all_secrets" {
  command = plan

  variables {
    secret_arns = { all = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*" }
  }

  expect_failures = [var.secret_arns]
}

run "refuses_no_secrets" {
  command = plan

  variables {
    secret_arns = {}
  }

  expect_failures = [var.secret_arns]
}

run "refuses_no_target_groups" {
  command = plan

  variables {
    target_group_arns = {}
  }

  expect_failures = [var.target_group_arns]
}

run "refuses_a_target_group_by_name" {
  command = plan

  variables {
    target_group_arns = { shop-blue = "shop-blue" }
  }

  expect_failures = [var.target_group_arns]
}

run "refuses_all_repositories" {
  command = plan

  variables {
    image_repository_arns = { all = "arn:aws:ecr:eu-west-1:111122223333:repository/*" }
  }

  expect_failures = [var.image_repository_arns]
}

run "refuses_a_bucket_by_name" {
  command = plan

  variables {
    backup_bucket_arn = "backups"
  }

  expect_failures = [var.backup_bucket_arn]
}

run "refuses_a_workspace_by_id" {
  command = plan

  variables {
    prometheus_workspace_arn = "ws-1"
  }

  expect_failures = [var.prometheus_workspace_arn]
}

run "refuses_a_topic_by_name" {
  command = plan

  variables {
    alert_topic_arn = "alerts"
  }

  expect_failures = [var.alert_topic_arn]
}

run "refuses_a_boundary_by_name" {
  command = plan

  variables {
    permissions_boundary_arns = { functions = "boundary" }
  }

  expect_failures = [var.permissions_boundary_arns]
}

run "refuses_to_make_roles_within_no_boundary" {
  command = plan

  variables {
    permissions_boundary_arns = {}
  }

  expect_failures = [var.permissions_boundary_arns]
}

run "refuses_all_repositories_of_an_owner" {
  command = plan

  variables {
    github = { repository = "acme/*", release_environment = "production", deploy_environment = "control-plane" }
  }

  expect_failures = [var.github]
}

run "refuses_any_environment" {
  command = plan

  variables {
    github = { repository = "acme/shop", release_environment = "*", deploy_environment = "control-plane" }
  }

  expect_failures = [var.github]
}

run "refuses_one_environment_for_both" {
  command = plan

  variables {
    github = { repository = "acme/shop", release_environment = "production", deploy_environment = "production" }
  }

  expect_failures = [var.github]
}

run "refuses_keys_by_alias" {
  command = plan

  variables {
    secrets_key_arn       = "alias/secrets"
    backup_key_arn        = "alias/backup"
    notifications_key_arn = "alias/notifications"
  }

  expect_failures = [var.secrets_key_arn, var.backup_key_arn, var.notifications_key_arn]
}
