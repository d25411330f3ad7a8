mock_provider "aws" {
  source = "../../mocks"
}

variables {
  stage              = "production"
  kubernetes_version = "1.34"
  private_subnet_ids = ["subnet-a", "subnet-b", "subnet-c"]
  administrators     = { platform = "arn:aws:iam::111122223333:role/platform" }
  secrets_key_arn    = "arn:aws:kms:eu-west-1:111122223333:key/secrets"
  volumes_key_arn    = "arn:aws:kms:eu-west-1:111122223333:key/volumes"
  logs_key_arn       = "arn:aws:kms:eu-west-1:111122223333:key/logs"
}
run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "production-of-the-year"
  }

  expect_failures = [var.stage]
}

run "refuses_a_patch_version" {
  command = plan

  variables {
    kubernetes_version = "1.34.1"
  }

  expect_failures = [var.kubernetes_version]
}

run "refuses_a_version_out_of_support" {
  command = plan

  variables {
    kubernetes_version = "1.29"
  }

  expect_failures = [var.kubernetes_version]
}

run "refuses_two_zones" {
  command = plan

  variables {
    private_subnet_ids = ["subnet-a", "subnet-b", "subnet-b"]
  }

  expect_failures = [var.private_subnet_ids]
}

run "refuses_an_api_open_to_everybody" {
  command = plan

  variables {
    endpoint_public_access_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.endpoint_public_access_cidrs]
}

run "refuses_a_cluster_without_administrators" {
  command = plan

  variables {
    administrators = {}
  }

  expect_failures = [var.administrators]
}

run "refuses_a_user_as_administrator" {
  command = plan

  variables {
    administrators = { me = "arn:aws:iam::111122223333:user/me" }
  }

  expect_failures = [var.administrators]
}

run "refuses_unknown_capacity" {
  command = plan

  variables {
    node_groups = { critical = { capacity = "reserved", instance_types = ["m7i.large"], min_size = 3, max_size = 6 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_fewer_than_three_nodes" {
  command = plan

  variables {
    node_groups = { critical = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 2, max_size = 6 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_more_than_twenty_nodes" {
  command = plan

  variables {
    node_groups = { critical = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 3, max_size = 21 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_a_smallest_size_over_the_largest" {
  command = plan

  variables {
    node_groups = { critical = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 7, max_size = 6 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_spot_of_one_kind" {
  command = plan

  variables {
    node_groups = {
      critical      = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 3, max_size = 6 }
      interruptible = { capacity = "spot", instance_types = ["m7i.large"], min_size = 0, max_size = 6 }
    }
  }

  expect_failures = [var.node_groups]
}

run "refuses_an_unknown_architecture" {
  command = plan

  variables {
    node_groups = { critical = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 3, max_size = 6, architecture = "arm" } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_a_disk_that_images_fill" {
  command = plan

  variables {
    node_groups = { critical = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 3, max_size = 6, disk_gib = 8 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_capitals_in_the_name_of_a_node_group" {
  command = plan

  variables {
    node_groups = { Critical = { capacity = "on-demand", instance_types = ["m7i.large"], min_size = 3, max_size = 6 } }
  }

  expect_failures = [var.node_groups]
}

run "refuses_the_version_of_an_unknown_add_on" {
  command = plan

  variables {
    addon_versions = { core-dns = "v1.12.4-eksbuild.1" }
  }

  expect_failures = [var.addon_versions]
}

run "refuses_a_version_that_eks_does_not_write" {
  command = plan

  variables {
    addon_versions = { coredns = "1.12" }
  }

  expect_failures = [var.addon_versions]
}

run "refuses_a_month_of_audit_log" {
  command = plan

  variables {
    log_retention_days = 30
  }

  expect_failures = [var.log_retention_days]
}

run "refuses_keys_by_alias" {
  command = plan

  variables {
    secrets_key_arn = "alias/secrets"
    volumes_key_arn = "alias/volumes"
    logs_key_arn    = "alias/logs"
  }

  expect_failures = [var.secrets_key_arn, var.volumes_key_arn, var.logs_key_arn]
}
