import { InputInvalid } from '../../lib/contracts/failures.ts';

const most = 365;

/** So many days, written as `30d`. Errors: `InputInvalid` that names the option. */
export const daysOf = (option: string, text: string): number => {
  const days = Number(/^(\d{1,3})d$/.exec(text)?.[1] ?? 0);
  if (days >= 1 && days <= most) return days;
  throw new InputInvalid(`${option}: expected 1d to ${most}d, got "${text}"`, { option });
};
