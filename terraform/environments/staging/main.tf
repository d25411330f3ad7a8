# Everything that production has, smaller: one NAT gateway, one database instance, one node for logs. It can be destroyed,
# and nothing in it is locked for good.

module "encryption" {
  source = "../../modules/encryption"

  stage                = local.stage
  deletion_window_days = 7
}

module "network" {
  source = "../../modules/network"

  stage        = local.stage
  cidr_block   = "10.10.0.0/16"
  nat_gateways = "single"
  logs_key_arn = module.encryption.key_arns.logs
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
  prober_cidrs           = [module.network.vpc_cidr_block]
  deletion_protection    = false
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
  instance_class            = "db.t4g.medium"
  multi_az                  = false
  read_replica_count        = 0
  storage_gib               = 50
  max_storage_gib           = 200
  database_name             = "mcp_ui"
  backup_retention_days     = 7
  deletion_protection       = false
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
  node_type                 = "cache.t4g.small"
  node_count                = 2
  snapshot_retention_days   = 1
  deletion_protection       = false
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
  metric_retention_days     = 30
  log_retention_days        = 30

  load_balancer = {
    arn_suffix                = module.edge.load_balancer_arn_suffix
    target_group_arn_suffixes = module.edge.target_group_arn_suffixes
  }

  database = {
    instance_id          = module.database.instance_id
    read_replica_ids     = module.database.read_replica_ids
    connections_max      = 330 # four fifths of what 4 GiB of memory allow
    free_storage_gib_min = 10
  }

  opensearch = {
    instance_type          = "t3.medium.search"
    instance_count         = 1
    volume_gib             = 20
    administrator_role_arn = var.administrator_role_arn
  }

  # The one in the cluster is enough.
  grafana = null
}

module "recovery" {
  source = "../../modules/recovery"

  stage               = local.stage
  vpc_id              = module.network.vpc_id
  isolated_subnets    = zipmap(module.network.availability_zones, module.network.isolated_cidr_blocks)
  backup_key_arn      = module.encryption.key_arns.backup
  database_arn        = module.database.instance_arn
  alarm_topic_arn     = module.observability.alarm_topic_arn
  lock_mode           = "governance"
  deletion_protection = false

  reader = {
    security_group_id = module.control-plane.readers_security_group_id
    cidr_blocks       = module.network.private_cidr_blocks
  }
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
  evidence_lock             = { mode = "GOVERNANCE", days = 30 }
  deletion_protection       = false
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
    release_environment = "staging"
    deploy_environment  = "staging-control-plane"
  }
}

module "cost" {
  source = "../../modules/cost"

  stage              = local.stage
  monthly_budget_usd = 1200
  recipients         = var.cost_recipients
  alarm_topic_arn    = module.observability.alarm_topic_arn
}
