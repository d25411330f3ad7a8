import { escalationOf } from '../../../../lib/domain/on-call/escalation-of.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** At the end: each step of each incident is one call of one person, and none of a step that was due after somebody took it. */
export const eachIsCalledOnce = ({ twin }: Judged, report: Report): void => {
  const { called, incidents } = twin.world;
  for (const [key, { asked }] of called) {
    const people = new Set(asked.map(({ person }) => person));
    if (people.size > 1) report('I3', `${key} called ${[...people].join(' and ')}`);
    const taken = incidents.incidents.get(key.split('/')[0] ?? '')?.acknowledgedAt;
    if (taken && asked.some(({ at }) => at > taken)) report('I3', `${key} was called after somebody had taken it`);
  }
};

/** At the end: whoever is to be called for what was given to people was called, and no longer than until somebody took it; or somebody was woken. */
export const peopleAreCalled = (judged: Judged, report: Report): void => {
  if (judged.gone.size > 0 && isLoud(judged)) return;
  const { called, incidents, catalog, alarms } = judged.twin.world;
  for (const { id, status, playbook, alarm, acknowledgedAt: taken } of incidents.incidents.values()) {
    if (status !== 'escalated') continue;
    const steps = escalationOf(playbook, catalog.remediation) ?? [];
    const states = steps.map((_, step) => called.get(`${id}/${step}`)?.state);
    if (taken !== undefined && states.includes('calling')) report('I8', `${id} was taken, and still calls`);
    const goesOn = alarms.get(alarm.name)?.state === 'alarm';
    const wanted = taken !== undefined ? [] : states.slice(0, goesOn ? states.length : 1);
    const missing = wanted.indexOf(undefined);
    if (missing >= 0) report('I8', `${id} was given to people, and step ${missing} was not called`);
  }
};

/** That the incident's own run failed wakes nobody who is on call: the run that calls must say so, or the event that starts it. */
const isLoud = ({ twin }: Judged): boolean =>
  twin.deadLetters.length > 0 ||
  [...twin.runs.values()].some(({ name, status }) => name.startsWith('calls-') && status !== 'SUCCEEDED');
