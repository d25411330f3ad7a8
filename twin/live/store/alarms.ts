import * as v from 'valibot';
import type { Alarm } from '../../../lib/contracts/signals.ts';
import type { Row } from './body.ts';
import type { Store } from './database.ts';

const State = v.picklist(['ok', 'alarm', 'insufficient-data']);

/** The alarms of a world. They are set by whoever plays the monitoring: a test, a person, the event bus. */
export interface Alarms {
  /** Creates the alarm or changes it. */
  set(alarm: Alarm): void;
  all(): Alarm[];
  /** In the order asked; one that does not exist is `insufficient-data` and acts on nothing. */
  find(names: readonly string[]): Alarm[];
}

export const storedAlarms = (store: Store): Alarms => ({
  set: ({ name, state, acts }) =>
    store.write((database) => {
      database.prepare('INSERT OR REPLACE INTO alarms VALUES (?, ?, ?)').run(name, v.parse(State, state), Number(acts));
    }),
  all: () => store.read((database) => database.prepare('SELECT * FROM alarms ORDER BY name').all().map(alarmOf)),
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
