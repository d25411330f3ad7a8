import { BlockList, isIP } from 'node:net';
import { Refused, text } from './refused.ts';
import { ofText, type Test } from './tests.ts';

const families = { 4: 'ipv4', 6: 'ipv6' } as const;
const longest = { 4: 32, 6: 128 } as const;
const familyOf = (address: string) => isIP(address) as 0 | 4 | 6;

/** An IPv4 or IPv6 block such as `10.0.0.0/24`; holds addresses of its own family. */
export const cidr = (operand: unknown): Test => {
  const [address = '', bits = '', ...rest] = text('cidr', operand).split('/');
  const family = familyOf(address);
  const mask = Number(bits);
  if (family === 0 || rest.length > 0 || !/^\d+$/.test(bits) || mask > longest[family]) {
    throw new Refused(`Malformed CIDR: ${JSON.stringify(operand)} is not an IP address, one '/' and a mask`);
  }
  const block = new BlockList();
  block.addSubnet(address, mask, families[family]);
  return ofText((value) => familyOf(value) === family && block.check(value, families[family]));
};
