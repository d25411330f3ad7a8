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

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "PRODUCTION"
  }

  expect_failures = [var.stage]
}

run "refuses_a_network_by_name" {
  command = plan

  variables {
    vpc_id = "production"
  }

  expect_failures = [var.vpc_id]
}

run "refuses_one_subnet" {
  command = plan

  variables {
    private_subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.private_subnet_ids]
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

run "refuses_a_security_group_by_name" {
  command = plan

  variables {
    cluster_security_group_id = "cluster"
  }

  expect_failures = [var.cluster_security_group_id]
}

run "refuses_to_make_functions_administrators" {
  command = plan

  variables {
    cluster_access_group = "system:masters"
  }

  expect_failures = [var.cluster_access_group]
}

run "refuses_one_target_group_for_both_slots" {
  command = plan

  variables {
    traffic_rules = { shop = { rule = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/evenkeel-production/1/2/3", blue = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1", green = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1" } }
  }

  expect_failures = [var.traffic_rules]
}

run "refuses_a_topic_by_name" {
  command = plan

  variables {
    alarm_topic_arn = "alarms"
  }

  expect_failures = [var.alarm_topic_arn]
}

run "refuses_an_unknown_lock" {
  command = plan

  variables {
    evidence_lock = { mode = "NONE", days = 400 }
  }

  expect_failures = [var.evidence_lock]
}

run "refuses_a_lock_of_no_days" {
  command = plan

  variables {
    evidence_lock = { mode = "GOVERNANCE", days = 0 }
  }

  expect_failures = [var.evidence_lock]
}

run "refuses_evidence_that_nobody_can_undo_for_a_week" {
  command = plan

  variables {
    evidence_lock = { mode = "COMPLIANCE", days = 7 }
  }

  expect_failures = [var.evidence_lock]
}

run "refuses_a_zone_as_region" {
  command = plan

  variables {
    replicate_images_to = ["eu-central-1a"]
  }

  expect_failures = [var.replicate_images_to]
}

run "refuses_no_services" {
  command = plan

  variables {
    traffic_rules   = {}
    probe_addresses = {}
  }

  expect_failures = [var.traffic_rules]
}

run "refuses_addresses_of_other_services_than_the_rules" {
  command = plan

  variables {
    probe_addresses = {}
  }

  expect_failures = [var.probe_addresses]
}

run "refuses_to_ask_without_tls" {
  command = plan

  variables {
    probe_addresses = {
      shop = {
        public = { url = "http://shop.example.com/", headers = {} }
        blue   = { url = "https://slots.example.com:8443/", headers = {} }
        green  = { url = "https://slots.example.com:8443/", headers = {} }
      }
    }
  }

  expect_failures = [var.probe_addresses]
}

run "refuses_keys_by_alias" {
  command = plan

  variables {
    data_key_arn          = "alias/data"
    evidence_key_arn      = "alias/evidence"
    notifications_key_arn = "alias/notifications"
  }

  expect_failures = [var.data_key_arn, var.evidence_key_arn, var.notifications_key_arn]
}

run "refuses_no_database" {
  command = plan

  variables {
    databases = {}
  }

  expect_failures = [var.databases]
}

run "refuses_the_database_of_another_name" {
  command = plan

  variables {
    databases = {
      shop = {
        arn               = "arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production"
        secret_arn        = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:evenkeel/production/database-a1b2c3"
        security_group_id = "sg-database"
      }
    }
  }

  expect_failures = [var.databases]
}

run "refuses_restores_among_production" {
  command = plan

  variables {
    restores = {
      subnet_group      = "evenkeel-production-restore-test"
      security_group_id = "sg-database"
      parameter_group   = "evenkeel-production-postgres17"
    }
  }

  expect_failures = [var.restores]
}

run "refuses_restores_in_a_group_by_name" {
  command = plan

  variables {
    restores = {
      subnet_group      = "evenkeel-production-restore-test"
      security_group_id = "restores"
      parameter_group   = "evenkeel-production-postgres17"
    }
  }

  expect_failures = [var.restores]
}

run "refuses_copies_under_a_key_of_another_region" {
  command = plan

  variables {
    backup_copies = {
      region  = "eu-central-1"
      key_arn = "arn:aws:kms:eu-west-1:111122223333:key/data"
    }
  }

  expect_failures = [var.backup_copies]
}

run "refuses_a_secrets_key_by_alias" {
  command = plan

  variables {
    secrets_key_arn = "alias/secrets"
  }

  expect_failures = [var.secrets_key_arn]
}

run "refuses_to_know_more_of_a_failover" {
  command = plan

  variables {
    failover = { replicas = {} }
  }

  expect_failures = [var.failover]
}

run "refuses_exports_under_an_alias" {
  command = plan

  variables {
    exports = {
      bucket  = "evenkeel-production-backups-111122223333"
      key_arn = "alias/backup"
    }
  }

  expect_failures = [var.exports]
}

run "refuses_exports_in_a_bucket_by_its_arn" {
  command = plan

  variables {
    exports = {
      bucket  = "arn:aws:s3:::evenkeel-production-backups-111122223333"
      key_arn = "arn:aws:kms:eu-west-1:111122223333:key/backup"
    }
  }

  expect_failures = [var.exports]
}

run "refuses_a_first_region_that_is_the_internet" {
  command = plan

  variables {
    failover_network = "0.0.0.0/0"
  }

  expect_failures = [var.failover_network]
}
