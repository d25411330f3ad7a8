# Every default of the modules is meant for production; named here is what has no default, and sizes.

module "encryption" {
  source = "../../modules/encryption"

  stage = local.stage
}

module "network" {
  source = "../../modules/network"

  stage        = local.stage
  cidr_block   = "10.20.0.0/16"
  logs_key_arn = module.encryption.key_arns.logs

  peer_cidr_blocks = values(local.second_region_ranges)
}

module "cluster" {
  source = "../../modules/cluster"

  stage              = local.stage
  kubernetes_version = "1.34"
  private_subnet_ids = module.network.private_subnet_ids
  administrators     = { platform = var.administrator_role_arn }
  secrets_key_arn    = module.encryption.key_arns.secrets
  volumes_key_arn    = module.encryption.key_arns.volumes
  logs_key_arn       = module.encryption.key_arns.logs
}

module "edge" {
  source = "../../modules/edge"

  providers = {
    aws            = aws
    aws.cloudfront = aws.us_east_1
  }

  stage                  = local.stage
  domain                 = var.domain
  hosted_zone_id         = var.hosted_zone_id
  services               = { for name, service in local.services : name => service.edge }
  vpc_id                 = module.network.vpc_id
  public_subnet_ids      = module.network.public_subnet_ids
  internal_subnet_ids    = module.network.internal_subnet_ids
  node_security_group_id = module.cluster.node_security_group_id
  prober_cidrs           = concat([module.network.vpc_cidr_block], values(local.second_region_ranges))
  failover               = { side = "primary", drill_service = "mcp-manager" }
}

module "database" {
  source = "../../modules/database"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.node_security_group_id, readers = module.control-plane.readers_security_group_id }
  data_key_arn              = module.encryption.key_arns.data
  secrets_key_arn           = module.encryption.key_arns.secrets
  logs_key_arn              = module.encryption.key_arns.logs
  instance_class            = "db.r7g.large"
  storage_gib               = 200
  max_storage_gib           = 2000
  database_name             = "mcp_ui"
  failover_side             = "primary"
  client_cidr_blocks        = local.second_region_ranges

  secret_copy = {
    region          = local.second_region
    secrets_key_arn = module.encryption-second-region.key_arns.secrets
  }
}

module "cache" {
  source = "../../modules/cache"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.node_security_group_id }
  data_key_arn              = module.encryption.key_arns.data
  secrets_key_arn           = module.encryption.key_arns.secrets
  logs_key_arn              = module.encryption.key_arns.logs
  node_type                 = "cache.r7g.large"
}

module "observability" {
  source = "../../modules/observability"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  data_subnet_ids           = module.network.data_subnet_ids
  private_subnet_ids        = module.network.private_subnet_ids
  client_security_group_ids = { nodes = module.cluster.node_security_group_id }
  data_key_arn              = module.encryption.key_arns.data
  logs_key_arn              = module.encryption.key_arns.logs
  notifications_key_arn     = module.encryption.key_arns.notifications
  heartbeat_topic_name      = "evenkeel-${local.stage}-alerts"
  recipients                = var.recipients
  services                  = { for name, service in local.services : name => service.limits }
  cache_node_ids            = module.cache.node_ids

  load_balancer = {
    arn_suffix                = module.edge.load_balancer_arn_suffix
    target_group_arn_suffixes = module.edge.target_group_arn_suffixes
  }

  database = {
    instance_id          = module.database.instance_id
    read_replica_ids     = module.database.read_replica_ids
    connections_max      = 1350 # four fifths of what 16 GiB of memory allow
    free_storage_gib_min = 20
  }

  opensearch = {
    instance_type          = "r7g.large.search"
    administrator_role_arn = var.administrator_role_arn
  }

  grafana = {
    admin_group_ids  = var.grafana_admin_group_ids
    viewer_group_ids = var.grafana_viewer_group_ids
  }
}

module "recovery" {
  source = "../../modules/recovery"

  stage            = local.stage
  vpc_id           = module.network.vpc_id
  isolated_subnets = zipmap(module.network.availability_zones, module.network.isolated_cidr_blocks)
  backup_key_arn   = module.encryption.key_arns.backup
  database_arn     = module.database.instance_arn
  alarm_topic_arn  = module.observability.alarm_topic_arn

  copy_to = {
    vault_arn      = module.recovery-copies.vault_arn
    bucket_arn     = module.recovery-copies.bucket_arn
    backup_key_arn = module.encryption-second-region.key_arns.backup
  }

  reader = {
    security_group_id = module.control-plane.readers_security_group_id
    cidr_blocks       = module.network.private_cidr_blocks
  }
}

# What outlives the loss of this region. It is in the second one, but belongs here: it must be there before anything is
# lost, whether or not the environment second-region stands by.

module "encryption-second-region" {
  source    = "../../modules/encryption"
  providers = { aws = aws.second_region }

  stage                   = local.stage
  create_autoscaling_role = false
  default_for_volumes     = false # the environment of that region decides
}

module "recovery-copies" {
  source    = "../../modules/recovery/store"
  providers = { aws = aws.second_region }

  stage          = local.stage
  purpose        = "backup-copies"
  backup_key_arn = module.encryption-second-region.key_arns.backup
}

module "database-backup-copy" {
  source    = "../../modules/database/backup-copy"
  providers = { aws = aws.second_region }

  database_arn = module.database.instance_arn
  data_key_arn = module.encryption-second-region.key_arns.data
}

module "failover" {
  source = "../../modules/failover"

  providers = {
    aws               = aws
    aws.second_region = aws.second_region
  }

  stage                 = local.stage
  public_target         = module.edge.public_target
  health_check_id       = module.edge.region_health_check_id
  load_balancer_address = module.edge.test_listener

  network = {
    vpc_id          = module.network.vpc_id
    cidr_block      = module.network.vpc_cidr_block
    route_table_ids = module.network.answering_route_table_ids
  }

  second_network = one([
    for network in data.aws_vpc.second_region : {
      vpc_id          = network.id
      cidr_block      = network.cidr_block
      route_table_ids = data.aws_route_tables.second_region[0].ids
    }
  ])

  database = {
    name                    = "mcp-ui"
    instance_id             = module.database.instance_id
    address                 = { host = module.database.address, port = module.database.port }
    fence_security_group_id = module.database.fence_security_group_id
  }
}

# As the environment second-region names them.
data "aws_vpc" "second_region" {
  provider = aws.second_region
  count    = var.second_region_stands_by ? 1 : 0

  tags = { Name = "evenkeel-second-region" }
}

data "aws_route_tables" "second_region" {
  provider = aws.second_region
  count    = var.second_region_stands_by ? 1 : 0

  filter {
    name   = "tag:Name"
    values = ["evenkeel-second-region-private-*"]
  }
}

locals {
  second_region_ranges = { for network in data.aws_vpc.second_region : "second-region" => network.cidr_block }
}

module "control-plane" {
  source = "../../modules/control-plane"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  private_subnet_ids        = module.network.private_subnet_ids
  cluster_name              = module.cluster.cluster_name
  cluster_namespace         = "mcp-ui"
  cluster_security_group_id = module.cluster.node_security_group_id
  traffic_rules             = module.edge.traffic_rules
  probe_addresses           = module.edge.probe_addresses
  alarm_topic_arn           = module.observability.alarm_topic_arn
  replicate_images_to       = [local.second_region]
  data_key_arn              = module.encryption.key_arns.data
  evidence_key_arn          = module.encryption.key_arns.evidence
  notifications_key_arn     = module.encryption.key_arns.notifications
  secrets_key_arn           = module.encryption.key_arns.secrets

  databases = {
    (module.database.instance_id) = {
      arn               = module.database.instance_arn
      secret_arn        = module.database.secret_arn
      security_group_id = module.database.security_group_id
    }
  }

  exports = {
    bucket  = module.recovery.backup_bucket_name
    key_arn = module.encryption.key_arns.backup
  }

  restores = {
    subnet_group      = module.recovery.restore_subnet_group_name
    security_group_id = module.recovery.restore_security_group_id
    parameter_group   = module.database.parameter_group_name
  }

  backup_copies = {
    region  = local.second_region
    key_arn = module.encryption-second-region.key_arns.data
  }
}

module "identity" {
  source = "../../modules/identity"

  stage                     = local.stage
  oidc_provider_arn         = module.cluster.oidc_provider_arn
  oidc_issuer               = module.cluster.oidc_issuer
  cluster_name              = module.cluster.cluster_name
  cluster_namespace         = "mcp-ui"
  cluster_access_group      = module.control-plane.cluster_access_group
  domain                    = var.domain
  hosted_zone_id            = var.hosted_zone_id
  secret_arns               = { database = module.database.secret_arn, cache = module.cache.secret_arn }
  target_group_arns         = module.edge.target_group_arns
  image_repository_arns     = module.control-plane.image_repository_arns
  backup_bucket_arn         = module.recovery.backup_bucket_arn
  prometheus_workspace_arn  = module.observability.prometheus_workspace_arn
  alert_topic_arn           = module.control-plane.alert_topic_arn
  permissions_boundary_arns = module.control-plane.permissions_boundary_arns
  secrets_key_arn           = module.encryption.key_arns.secrets
  backup_key_arn            = module.encryption.key_arns.backup
  notifications_key_arn     = module.encryption.key_arns.notifications

  github = {
    repository          = var.github_repository
    release_environment = "production"
    deploy_environment  = "production-control-plane"
  }
}

module "cost" {
  source = "../../modules/cost"

  stage              = local.stage
  monthly_budget_usd = 4000
  recipients         = var.cost_recipients
  alarm_topic_arn    = module.observability.alarm_topic_arn

  service_budgets_usd = {
    "Amazon Relational Database Service" = 800
    "Amazon OpenSearch Service"          = 900
  }
}
