import type { EndpointReading, Handshake } from '../../contracts/certificate.ts';
import { type OldVersionName, oldVersions } from './client-hello.ts';
import type { Attempt, Target } from './connection.ts';
import type { KeyKind } from './contexts.ts';
import { askHead, type Head } from './head.ts';
import { askOldVersion } from './old-version.ts';
import type { Run } from './run.ts';
import { serverNameOf } from './server-name.ts';
import { openSession, type Session } from './session.ts';

type OldVersionReading = EndpointReading['oldVersions'][number];

/** What one address said. `head`: of https, when it answered HEAD. */
export type AddressReading = { handshakes: Handshake[]; oldVersions: OldVersionReading[]; head?: Head };

type Served = Pick<Session, 'version' | 'chain' | 'staple'>;

const kinds: readonly KeyKind[] = ['ecdsa', 'rsa'];

/**
 * One handshake for each kind of key at the same time, then one connection for each old version where anybody answers. An
 * address that has neither kind, for a reason of its own, is asked once more for whatever it has.
 */
export const readAddress = async (run: Run, target: Target, path: string): Promise<AddressReading> => {
  const headOnce = askOnce(target, path);
  const shake = (kind: KeyKind | 'any') =>
    run.attempt(target, (socket) => handshake(socket, target, kind, headOnce.ask));
  const attempts = await Promise.all(kinds.map(shake));
  const old = attempts.every(isDead) ? nobodyThere(target) : await readOldVersions(run, target);
  const handshakes = await Promise.all(attempts.map((each, index) => told(run, target, kinds[index] ?? 'rsa', each)));
  const kept = attempts.every(isRefusedOnly)
    ? await withWhatever(run, target, await shake('any'), handshakes)
    : handshakes;
  return { handshakes: kept, oldVersions: old, ...headOnce.answer() };
};

type AskHead = (session: Session) => Promise<void>;

/** The first session of an address carries its HEAD. A HEAD without an answer takes nothing from the handshake. */
const askOnce = ({ endpoint }: Target, path: string): { ask: AskHead; answer(): { head?: Head } } => {
  let asked = endpoint.protocol !== 'https';
  let head: Head | undefined;
  return {
    async ask({ socket }) {
      if (asked) return;
      asked = true;
      head = await askHead(socket, endpoint, path).catch(() => undefined);
    },
    answer: () => (head ? { head } : {}),
  };
};

const handshake = async (
  socket: Parameters<typeof openSession>[0],
  { endpoint }: Target,
  kind: KeyKind | 'any',
  ask: AskHead,
): Promise<Served> => {
  const session = await openSession(socket, kind, serverNameOf(endpoint.host));
  await ask(session);
  const { version, chain, staple } = session;
  return { version, chain, ...(staple && { staple }) };
};

const told = async (run: Run, { address }: Target, key: KeyKind, attempt: Attempt<Served>): Promise<Handshake> => {
  if (!('value' in attempt)) return { state: 'silent', address, key, ...attempt };
  const { version, chain, staple } = attempt.value;
  const revocation = await run.revocations(chain, staple);
  return { state: 'served', address, key, version, chain: chain.map(run.textOf), revocation };
};

/** Nobody is there to ask more of; waiting again would only take time from the others. */
const isDead = (attempt: Attempt<Served>): boolean =>
  'silence' in attempt && (attempt.silence === 'timeout' || attempt.silence === 'refused');

const isRefusedOnly = (attempt: Attempt<Served>): boolean =>
  'silence' in attempt && attempt.silence === 'handshake-failed';

/** Some servers keep a certificate back when its issuer's signature was not offered too: then all are offered. */
const withWhatever = async (
  run: Run,
  target: Target,
  attempt: Attempt<Served>,
  handshakes: Handshake[],
): Promise<Handshake[]> => {
  if (!('value' in attempt)) return handshakes;
  const key = run.keyKindOf(attempt.value.chain);
  const found = await told(run, target, key, attempt);
  return handshakes.map((each) => (each.key === key ? found : each));
};

const versions = Object.keys(oldVersions) as OldVersionName[];

const nobodyThere = ({ address }: Target): OldVersionReading[] =>
  versions.map((version) => ({ address, version, answer: 'unknown' }));

const readOldVersions = (run: Run, target: Target): Promise<OldVersionReading[]> =>
  Promise.all(
    versions.map(async (version) => {
      const name = serverNameOf(target.endpoint.host);
      const attempt = await run.attempt(target, (socket) => askOldVersion(socket, version, name));
      return { address: target.address, version, answer: 'value' in attempt ? attempt.value : 'unknown' } as const;
    }),
  );
