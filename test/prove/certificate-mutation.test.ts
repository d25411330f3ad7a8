import { describe, expect, jest, test } from '@jest/globals';
import { certificateStories, ofBalancer, ofPods } from '../../twin/prove/certificate-stories.ts';
import { runSchedule, type Subject } from '../../twin/prove/run-schedule.ts';
import { endsOf } from '../../twin/prove/story.ts';
import { brokenIn, deployed, withPorts } from './mutants.ts';

/* A proof that cannot fail proves nothing: each of these breaks one thing, and must be found as what it is. */

// On a machine that may be busy with other tests.
jest.setTimeout(60_000);

describe('stories of certificates without faults', () => {
  test.each(certificateStories.map(({ name, ends }) => [name, ends] as const))(
    '%s ends as it should, and keeps every promise',
    async (story, ends) => {
      const { twin, violations } = await runSchedule({ deployed }, { story, seed: 1, faults: [] });
      expect(violations).toEqual([]);
      expect(Object.fromEntries(endsOf(twin))).toMatchObject(ends);
    },
  );
});

describe('what must be found', () => {
  test('a check that sees the newest everywhere, whatever is served', async () => {
    const rosy = withPorts(({ ports, certificates }) => ({
      handshakes: {
        ...ports.handshakes,
        probe: async (endpoints, deadline) => {
          const stuck = new Map(certificates.world.stuck);
          certificates.world.stuck.clear();
          const readings = await ports.handshakes.probe(endpoints, deadline);
          for (const [place, served] of stuck) certificates.world.stuck.set(place, served);
          return readings;
        },
      },
    }));
    expect(await brokenIn(rosy, 'old-leaf-on-one-address')).toMatch(
      /I6 https:\/\/api.example.com:443 is on record as OK/,
    );
  });

  test('a check that looks at one address only', async () => {
    const narrow = withPorts(({ ports }) => ({
      handshakes: {
        ...ports.handshakes,
        probe: async (endpoints, deadline) =>
          (await ports.handshakes.probe(endpoints, deadline)).map((reading) => {
            const [first = ''] = reading.addresses;
            const handshakes = reading.handshakes.filter(({ address }) => address === first);
            return { ...reading, addresses: [first], handshakes };
          }),
      },
    }));
    expect(await brokenIn(narrow, 'old-leaf-on-one-address')).toMatch(/I6 .* does not serve the newest everywhere/);
  });

  test('records that forget what vanished', async () => {
    const forgetful = withPorts(({ ports, certificates }) => ({
      certificates: {
        ...ports.certificates,
        all: async () => {
          const here = certificates.world.entries().map(({ id }) => id);
          return (await ports.certificates.all()).filter(({ entry }) => !entry || here.includes(entry.id));
        },
      },
    }));
    expect(await brokenIn(forgetful, 'certificate-vanished')).toMatch(/I6 acm:api is on record as OK, and is gone/);
  });

  test('a message that is never sent', async () => {
    const mute = withPorts(({ ports }) => ({ outbox: { ...ports.outbox, enqueue: async () => {} } }));
    expect(await brokenIn(mute, 'old-leaf-on-one-address')).toMatch(
      /I8 nobody was told that https:\/\/api.example.com:443 is BAD/,
    );
    expect(await brokenIn(mute, 'renewal-refused')).toMatch(/I8 nobody was told that acm:api was refused/);
  });

  test('records that keep nothing, so that every check tells the same again', async () => {
    const empty = withPorts(({ ports }) => ({ certificates: { ...ports.certificates, keep: async () => {} } }));
    const newlyBad = await brokenIn(empty, 'old-leaf-on-one-address');
    expect(newlyBad).toMatch(/I8 certificates-c2 ended as went-bad, not as checked/);
  });

  test('a restart of its own for every run', async () => {
    const restless = withPorts(({ ports }) => ({
      cluster: {
        ...ports.cluster,
        restart: (service, slot, _, token) => ports.cluster.restart(service, slot, ports.clock.now(), token),
      },
    }));
    expect(await brokenIn(restless, 'certificate-rotation')).toMatch(/I3 pods were started anew as of/);
  });

  test('a lease that keeps nobody out', async () => {
    const open = withPorts(({ ports, leases }) => ({
      leases: {
        ...ports.leases,
        take: async (resource, holder, until, now) => {
          const held = leases.get(resource);
          if (!holder.startsWith('renew-') || !held) return ports.leases.take(resource, holder, until, now);
          return { ...held, holder };
        },
      },
    }));
    expect(await brokenIn(open, 'release-meanwhile')).toMatch(
      /I5 slot\/shop\/\w+ was started anew while shop-r1 held the service/,
    );
  });

  test('a lease that is kept', async () => {
    const greedy = withPorts(({ ports }) => ({ leases: { ...ports.leases, release: async () => {} } }));
    expect(await brokenIn(greedy, 'certificate-rotation')).toMatch(
      /I2 renew-0-certificates-c1 still holds service\/shop/,
    );
  });

  test('a freeze that is not kept', async () => {
    const from = '2026-05-01T09:00:00.000Z';
    const frozen: Subject = {
      deployed,
      mutate: (world) => {
        const catalog = { ...world.catalog, freezes: [{ from, to: '2026-05-09T00:00:00.000Z', reason: 'holidays' }] };
        return { ...world, catalog };
      },
    };
    expect(await brokenIn(frozen, 'certificate-rotation')).toMatch(/I5 slot\/shop\/blue was started anew in a freeze/);
  });

  test('a controls check that finds nothing', async () => {
    const repaired = withPorts(({ ports, certificates }) => ({
      handshakes: {
        ...ports.handshakes,
        probe: (endpoints, deadline) => {
          const good = certificates.world.servedAt(
            ofBalancer.endpoints[0] ?? { host: '', port: 1, protocol: 'tls' },
            'x',
          );
          for (const place of certificates.world.stuck.keys()) certificates.world.stuck.set(place, good);
          return ports.handshakes.probe(endpoints, deadline);
        },
      },
    }));
    expect(await brokenIn(repaired, 'certificates-good')).toMatch(/I8 certificates-c1 ended as blind, not as checked/);
  });
});

test('in a freeze pods are left alone, and people know what waits', async () => {
  const freezes = [{ from: '2026-05-01T09:00:00.000Z', to: '2026-05-09T00:00:00.000Z', reason: 'holidays' }];
  const frozen: Subject = {
    deployed,
    mutate: (world) => {
      const catalog = { ...world.catalog, freezes };
      return { ...world, catalog, ports: { ...world.ports, catalogs: { current: async () => catalog } } };
    },
  };
  const { twin } = await runSchedule(frozen, { story: 'certificate-rotation', seed: 1, faults: [] });
  const { list } = twin.world.changes;
  expect(list.filter(({ value }) => Object.hasOwn(Object(value), 'restartedAt'))).toEqual([]);
  const said = [...twin.world.ledger.values()].flat().map(({ says }) => says);
  expect(said.join('\n')).toContain(
    `${ofPods.id}: ChangesFrozen: shop: frozen until 2026-05-09T00:00:00.000Z: holidays`,
  );
  expect([...twin.world.messages.values()].map(({ body }) => body).join()).toMatch(
    /https:\/\/shop.example.com:443 is BAD/,
  );
});
