import type { Finding } from '../../contracts/certificate.ts';

/** What a control must be found guilty of; any other reason is a lucky hit. */
const guilt = { expired: ['expired'], wrongChain: ['chain'] } as const;
export type Control = keyof typeof guilt;
export const controls = Object.keys(guilt) as Control[];

/** Rule: an endpoint that is known to be broken must be found BAD for what is broken in it. Otherwise no OK means anything. */
export const blindTo = (found: Readonly<Record<Control, Finding | undefined>>): string[] =>
  controls.flatMap((control) => {
    const finding = found[control];
    const guilty = finding?.reasons.some(
      ({ rule, health }) => health === 'BAD' && (guilt[control] as readonly string[]).includes(rule),
    );
    if (guilty) return [];
    const said = finding
      ? `${finding.subject} is ${finding.health}: ${finding.reasons[0]?.says ?? 'nobody said why'}`
      : 'it was not asked';
    return [`${control} was not found (${said})`];
  });
