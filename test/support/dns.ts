import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/* A name server on loopback that knows CAA and CNAME records, or refuses to (RFC 1035, RFC 8659). */

export type Zone = Record<string, { caa?: readonly Caa[]; alias?: string; fails?: 'servfail' | 'refused' | 'silent' }>;
type Caa = { flags: number; tag: string; value: string };

const [caaType, aliasType, internet] = [257, 5, 1];
const codes = { ok: 0, servfail: 2, unknown: 3, refused: 5 };
const headerBytes = 12;

export const startDns = async (zone: Zone) => {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const name = nameIn(query);
    asked.push(name);
    const answer = answerTo(query, name, zone);
    if (answer) socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { server: `127.0.0.1:${(socket.address() as AddressInfo).port}`, asked, close: () => socket.close() };
};

const nameIn = (query: Buffer): string => {
  const labels: string[] = [];
  for (let at = headerBytes; query[at] !== 0; at += (query[at] ?? 0) + 1)
    labels.push(query.toString('latin1', at + 1, at + 1 + (query[at] ?? 0)));
  return labels.join('.').toLowerCase();
};

const answerTo = (query: Buffer, name: string, zone: Zone): Buffer | undefined => {
  const entry = zone[name];
  if (entry?.fails === 'silent') return undefined;
  const question = query.subarray(headerBytes, headerBytes + name.length + 6);
  const records = recordsOf(name, zone);
  const code = entry?.fails ? codes[entry.fails] : entry ? codes.ok : codes.unknown;
  const header = Buffer.from(query.subarray(0, headerBytes));
  header.writeUInt16BE(0x8180 | code, 2);
  for (const [place, count] of [1, records.length, 0, 0].entries()) header.writeUInt16BE(count, 4 + 2 * place);
  return Buffer.concat([header, question, ...records]);
};

/** An alias is followed, as resolvers do. */
const recordsOf = (name: string, zone: Zone): Buffer[] => {
  const { caa = [], alias } = zone[name] ?? {};
  if (alias) return [record(name, aliasType, encoded(alias)), ...recordsOf(alias, zone)];
  return caa.map(({ flags, tag, value }) =>
    record(name, caaType, Buffer.concat([Buffer.from([flags, tag.length]), Buffer.from(tag + value)])),
  );
};

const record = (name: string, type: number, data: Buffer): Buffer => {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(internet, 2);
  head.writeUInt32BE(60, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([encoded(name), head, data]);
};

const encoded = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
