import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { initialise, mustTerraform } from './command.ts';

/**
 * Makes what an environment expects to be in the account: the public hosted zone of its domain. Returns the values that differ
 * from the environment's own, as arguments.
 */
export const prepareAccount = async (
  workspace: string,
  environment: string,
  env: Record<string, string>,
): Promise<string[]> => {
  const values = await readFile(join(workspace, environment, 'terraform.tfvars'), 'utf8');
  const { domain } = (await parse('terraform.tfvars', values)) as { domain: string };
  const place = join(workspace, 'account');
  await mkdir(place);
  await writeFile(join(place, 'main.tf'), zone(domain));
  await initialise(place);
  await mustTerraform(place, ['apply', '-auto-approve'], env);
  const id = await mustTerraform(place, ['output', '-raw', 'id'], env);
  return [`-var=hosted_zone_id=${id}`];
};

/** Credentials are written here, so that no profile of whoever runs the check can be meant. */
const zone = (domain: string): string => `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  access_key = "testing"
  secret_key = "testing"
}

resource "aws_route53_zone" "this" {
  name = "${domain}"
}

output "id" {
  value = aws_route53_zone.this.zone_id
}
`;
