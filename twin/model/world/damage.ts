import type { TableName } from '../../../lib/contracts/content.ts';
import type { Damage } from '../../../lib/contracts/drill.ts';
import type { Content, ModelTable } from './content.ts';

/** What each kind of damage does to a content. A truncated log keeps the server from starting: see `startProblem`. */
export const damaged = (content: Content, damage: Damage | undefined): Content => {
  if (damage === 'dropped-table') return withoutFirst(content);
  if (damage === 'wrong-owner') return changedFirst(content, (table) => ({ ...table, owner: 'postgres' }));
  if (damage === 'flipped-page')
    return changedFirst(content, (table) => ({ ...table, damage: ['invalid page in block 0 of relation'] }));
  // A stale copy is made by choosing an older moment, not by a change.
  return content;
};

/** Why a server with such files never starts; undefined when it does. */
export const startProblem = (damage: Damage | undefined): string | undefined =>
  damage === 'truncated-wal' ? 'could not locate a valid checkpoint record' : undefined;

const firstOf = ({ tables }: Content): TableName => Object.keys(tables).sort()[0] ?? '';

const withoutFirst = (content: Content): Content => {
  const { [firstOf(content)]: _, ...tables } = content.tables;
  return { ...content, tables };
};

const changedFirst = (content: Content, change: (table: ModelTable) => ModelTable): Content => {
  const name = firstOf(content);
  const table = content.tables[name];
  return table ? { ...content, tables: { ...content.tables, [name]: change(table) } } : content;
};
