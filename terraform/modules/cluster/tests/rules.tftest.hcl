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

run "rule_the_kubernetes_api_is_not_public" {
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "Unless ranges are named, the Kubernetes API must be reachable from inside the network only."
  }
}

run "rule_the_kubernetes_api_answers_named_ranges_only" {
  variables {
    endpoint_public_access_cidrs = ["198.51.100.0/24"]
  }

  assert {
    condition = (
      aws_eks_cluster.this.vpc_config[0].endpoint_private_access &&
      aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"])
    )
    error_message = "With ranges named, these and no others may reach the Kubernetes API, and nodes must go on reaching it inside."
  }
}

run "rule_secrets_are_encrypted_with_the_secrets_key" {
  assert {
    condition = (
      aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.secrets_key_arn &&
      contains(aws_eks_cluster.this.encryption_config[0].resources, "secrets")
    )
    error_message = "Kubernetes secrets must be encrypted in etcd with the secrets key."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.cluster_secrets.statement : [for resource in statement.resources : resource == var.secrets_key_arn]
    ]))
    error_message = "The cluster's role must reach no key but that of secrets."
  }
}

run "rule_all_that_the_control_plane_does_is_logged_and_kept" {
  assert {
    condition     = aws_eks_cluster.this.enabled_cluster_log_types == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "All logs of the control plane must be on, the audit log above all."
  }

  assert {
    condition = (
      aws_cloudwatch_log_group.cluster.name == "/aws/eks/${aws_eks_cluster.this.name}/cluster" &&
      aws_cloudwatch_log_group.cluster.kms_key_id == var.logs_key_arn &&
      aws_cloudwatch_log_group.cluster.retention_in_days >= 365
    )
    error_message = "The log group must be the one EKS writes to, encrypted, and kept for a year by default."
  }
}

run "rule_access_is_by_entries_and_nobody_gets_it_by_accident" {
  assert {
    condition = (
      aws_eks_cluster.this.access_config[0].authentication_mode == "API" &&
      !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    )
    error_message = "Access must be by access entries only, and creating the cluster must give no rights in it."
  }

  assert {
    condition     = length(aws_eks_access_policy_association.administrator) == 1 && aws_eks_access_entry.administrator["platform"].principal_arn == "arn:aws:iam::111122223333:role/platform"
    error_message = "Each administrator, and no one else, must have an entry with the administrator's policy."
  }
}

run "rule_support_is_paid_once_and_a_failing_zone_can_be_left" {
  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "The cluster must not slip into extended support, which costs six times as much."
  }

  assert {
    condition     = aws_eks_cluster.this.zonal_shift_config[0].enabled
    error_message = "It must be possible to shift traffic away from a zone that fails."
  }
}

run "rule_what_scaling_makes_can_be_found" {
  assert {
    condition = length(aws_launch_template.node) == 2 && alltrue([
      for name, template in aws_launch_template.node :
      toset([for specification in template.tag_specifications : specification.resource_type]) == toset(["instance", "volume", "network-interface"]) &&
      alltrue([for specification in template.tag_specifications : specification.tags["Name"] == "evenkeel-production-${name}"])
    ])
    error_message = "Instances, volumes and interfaces of nodes must carry tags: the provider's default tags do not reach them."
  }
}

run "rule_three_to_twenty_nodes" {
  assert {
    condition = (
      sum([for group in aws_eks_node_group.this : group.scaling_config[0].min_size if group.capacity_type == "ON_DEMAND"]) >= 3 &&
      sum([for group in aws_eks_node_group.this : group.scaling_config[0].max_size]) == 20
    )
    error_message = "By default there must be at least 3 on-demand nodes and at most 20 nodes in all."
  }
}

run "rule_critical_work_never_lands_on_spot_by_itself" {
  assert {
    condition = length([for group in aws_eks_node_group.this : group if group.capacity_type == "SPOT"]) > 0 && alltrue([
      for group in aws_eks_node_group.this :
      anytrue([for taint in group.taint : taint.key == "evenkeel.dev/interruptible" && taint.effect == "NO_SCHEDULE"]) == (group.capacity_type == "SPOT")
    ])
    error_message = "Spot nodes, and only they, must be tainted."
  }

  assert {
    condition = alltrue([
      for group in aws_eks_node_group.this : group.labels["evenkeel.dev/workload"] == (group.capacity_type == "SPOT" ? "interruptible" : "critical")
    ])
    error_message = "Every node must say by its label which kind of work it is for."
  }
}

run "rule_pods_cannot_take_the_role_of_their_node" {
  assert {
    condition = length(aws_launch_template.node) == 2 && alltrue([
      for template in aws_launch_template.node :
      template.metadata_options[0].http_tokens == "required" && template.metadata_options[0].http_put_response_hop_limit == 1
    ])
    error_message = "Nodes must demand tokens for their metadata (IMDSv2) and let them travel one hop."
  }
}

run "rule_volumes_of_nodes_are_encrypted" {
  assert {
    condition = length(aws_launch_template.node) == 2 && alltrue([
      for template in aws_launch_template.node :
      template.block_device_mappings[0].ebs[0].encrypted == "true" && template.block_device_mappings[0].ebs[0].kms_key_id == var.volumes_key_arn
    ])
    error_message = "Volumes of nodes must be encrypted with the volumes key."
  }
}

run "rule_nodes_have_no_public_address" {
  assert {
    condition     = length(aws_launch_template.node) == 2 && alltrue([for template in aws_launch_template.node : length(template.network_interfaces) == 0])
    error_message = "Launch templates must leave addresses to the private subnets."
  }

  assert {
    condition     = alltrue([for group in aws_eks_node_group.this : length(group.remote_access) == 0])
    error_message = "Nodes must have no SSH; Session Manager is recorded."
  }
}

run "rule_network_policies_are_enforced" {
  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "The network add-on must enforce network policies, which are otherwise accepted and ignored."
  }
}

run "rule_every_add_on_is_managed" {
  assert {
    condition     = aws_eks_cluster.this.bootstrap_self_managed_addons == false
    error_message = "Add-ons must be managed (bootstrap_self_managed_addons = false): those that EKS puts there itself are updated by nobody."
  }
}

run "rule_add_ons_have_roles_of_their_own" {
  assert {
    condition = alltrue([
      for pair in [["before_nodes", "vpc-cni"], ["on_nodes", "aws-ebs-csi-driver"]] :
      length({ before_nodes = aws_eks_addon.before_nodes, on_nodes = aws_eks_addon.on_nodes }[pair[0]][pair[1]].pod_identity_association) == 1
    ])
    error_message = "Add-ons that call AWS must do so with roles of their own."
  }

  assert {
    condition     = !contains(keys(aws_iam_role_policy_attachment.node), "AmazonEKS_CNI_Policy")
    error_message = "The nodes' role must not have what an add-on's role has."
  }
}

run "rule_an_add_on_can_be_held_at_a_version" {
  variables {
    addon_versions = { coredns = "v1.12.4-eksbuild.1" }
  }

  assert {
    condition     = aws_eks_addon.on_nodes["coredns"].addon_version == "v1.12.4-eksbuild.1" && aws_eks_addon.on_nodes["metrics-server"].addon_version == "v1.2.3-eksbuild.1"
    error_message = "A version that is named must be used, and the recommended one elsewhere."
  }
}

run "rule_no_action_is_a_wildcard" {
  assert {
    condition = alltrue(flatten([
      for document in [
        data.aws_iam_policy_document.addon_trust,
        data.aws_iam_policy_document.cluster_secrets,
        data.aws_iam_policy_document.cluster_trust,
        data.aws_iam_policy_document.ebs_csi_volumes,
        data.aws_iam_policy_document.node_trust,
        ] : concat([length(document.statement) > 0], flatten([
          for statement in document.statement : [for action in statement.actions : !strcontains(action, "*")]
      ]))
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}
