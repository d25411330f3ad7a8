import * as v from 'valibot';
import { Instant } from '../../../lib/contracts/instant.ts';
import type { Alarm, FiringAlarm } from '../../../lib/contracts/signals.ts';
import type { Clock } from '../../../lib/ports/clock.ts';
import type { Row } from './body.ts';
import type { Store } from './database.ts';

const State = v.picklist(['ok', 'alarm', 'insufficient-data']);

/** `since`: when it came into this state. */
export type StoredAlarm = Alarm & Pick<FiringAlarm, 'since'>;

/** The alarms of a world. They are set by whoever plays the monitoring: a test, a person, the event bus. */
export interface Alarms {
  /** Creates the alarm or changes it. */
  set(alarm: Alarm): void;
  all(): StoredAlarm[];
  /** In the order asked; one that does not exist is `insufficient-data` and acts on nothing. */
  find(names: readonly string[]): Alarm[];
}

export const storedAlarms = (store: Store, now: Clock['now']): Alarms => ({
  set: ({ name, state, acts }) =>
    store.write((database) => {
      const before = database.prepare('SELECT state FROM alarms WHERE name = ?').get(name)?.state;
      if (before !== state) database.prepare('INSERT OR REPLACE INTO alarm_moments VALUES (?, ?)').run(name, now());
      database.prepare('INSERT OR REPLACE INTO alarms VALUES (?, ?, ?)').run(name, v.parse(State, state), Number(acts));
    }),
  all: () =>
    store.read((database) =>
      database
        .prepare('SELECT * FROM alarms JOIN alarm_moments USING (name) ORDER BY name')
        .all()
        .map((row) => ({ ...alarmOf(row), since: v.parse(Instant, row.since) })),
    ),
  find: (names) =>
    store.read((database) => {
      const find = database.prepare('SELECT * FROM alarms WHERE name = ?');
      return names.map((name) => {
        const row = find.get(name);
        return row ? alarmOf(row) : { name, state: 'insufficient-data', acts: false };
      });
    }),
});

const alarmOf = (row: Row): Alarm => ({
  name: String(row.name),
  state: v.parse(State, row.state),
  acts: row.acts === 1,
});
