import pc from 'picocolors';

export type Style = ReturnType<typeof pc.createColors>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** Colour is for people in front of a terminal who did not turn it off (https://no-color.org). */
export const styleFor = (environment: Environment, isTerminal: boolean): Style =>
  pc.createColors(isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb');
