import type { Change } from '../../../model/changes.ts';
import { ofPods } from '../../certificate-stories.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

const restartIn = ({ value }: Change): string | undefined =>
  (value as { restartedAt?: string } | undefined)?.restartedAt;

/** At every instant: pods are started anew for a new certificate, and once for each, however many runs find it. */
export class OneRestartForEach {
  #seen = 0;

  check({ twin }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) {
      const at = restartIn(list[this.#seen] as Change);
      const newest = twin.world.certificates.world.entries().find(({ id }) => id === ofPods.id)?.certificate;
      if (at !== undefined && at !== newest?.notBefore)
        report('I3', `pods were started anew as of ${at}, and the newest certificate is of ${newest?.notBefore}`);
    }
  }
}

/** At the end: what was asked for of one certificate was asked for once. */
export const oneRequestForEach = ({ twin }: Judged, report: Report): void => {
  const asked = twin.world.changes.list
    .filter(({ resource }) => resource.startsWith('renewal/'))
    .map(({ value }) => value);
  if (new Set(asked).size < asked.length) report('I3', `the same certificate was asked for twice: ${asked.join(', ')}`);
};

/** At the end: each change of health is told once, not with every check. */
export const oneMessageForEach = ({ twin }: Judged, report: Report): void => {
  const lines = [...twin.world.messages.values()]
    .filter(({ kind }) => kind === 'certificate')
    .flatMap(({ body }) => body.split('\n'))
    .map((line) => / is (?:BAD|UNKNOWN|OK)\b/.exec(line) && line.slice(0, line.indexOf(' is ') + 8));
  const told = lines.filter((line) => line !== null);
  const twice = told.filter((line, at) => told.indexOf(line) !== at);
  if (twice.length > 0) report('I3', `people were told twice: ${twice.join('; ')}`);
};
