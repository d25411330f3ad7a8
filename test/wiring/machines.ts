import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText, root } from '../support/sources.ts';

type Rule = { ErrorEquals: string[]; MaxAttempts?: number };
export type State = {
  Type: string;
  Comment?: string;
  Resource?: string | { 'Fn::GetAtt': [string, string] };
  Retry?: Rule[];
  Catch?: Rule[];
  States?: never;
};
export type Placed = { machine: string; name: string; state: State };
type Definition = { States: Record<string, State> };

export const machineFiles = readdirSync(join(root, 'statemachines')).filter((name) => name.endsWith('.asl.json'));

/** Every state of every machine. Machines here have no nested states; one that gets some must be walked too. */
export const allStates = (): Placed[] =>
  machineFiles.flatMap((file) => {
    const { States } = JSON.parse(readText(`statemachines/${file}`)) as Definition;
    const machine = file.replace('.asl.json', '');
    return Object.entries(States).map(([name, state]) => ({ machine, name, state }));
  });

/** The logical id of the function that a state calls, if it calls one. */
export const functionOf = ({ Resource: resource }: State): string | undefined =>
  typeof resource === 'object' ? resource['Fn::GetAtt'][0] : undefined;

export const matchedErrors = ({ Retry = [], Catch = [] }: State): string[] =>
  [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals);
