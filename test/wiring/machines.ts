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
  ItemProcessor?: Definition;
};
export type Placed = { machine: string; name: string; state: State };
type Definition = { States: Record<string, State> };

export const machineFiles = readdirSync(join(root, 'statemachines')).filter((name) => name.endsWith('.asl.json'));

/** Every state of every machine, those inside of maps among them. */
export const allStates = (): Placed[] =>
  machineFiles.flatMap((file) => {
    const definition = JSON.parse(readText(`statemachines/${file}`)) as Definition;
    return statesIn(file.replace('.asl.json', ''), definition);
  });

const statesIn = (machine: string, { States }: Definition): Placed[] =>
  Object.entries(States).flatMap(([name, state]) => [
    { machine, name, state },
    ...(state.ItemProcessor ? statesIn(machine, state.ItemProcessor) : []),
  ]);

/** The logical id of the function that a state calls, if it calls one. */
export const functionOf = ({ Resource: resource }: State): string | undefined =>
  typeof resource === 'object' ? resource['Fn::GetAtt'][0] : undefined;

export const matchedErrors = ({ Retry = [], Catch = [] }: State): string[] =>
  [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals);
