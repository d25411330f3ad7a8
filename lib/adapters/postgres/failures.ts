import pg from 'pg';
import { Failure } from '../../contracts/failure.ts';
import { AccessDenied, DependencyUnavailable, ProductionLogin } from '../../contracts/failures.ts';

/** The code that PostgreSQL gave (SQLSTATE); undefined when the error is not an answer of a server. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

/** Data that cannot be read, an index that lies, or a file that is not there: classes XX, 58 and 22 of SQLSTATE. */
export const isDamage = (error: unknown): boolean => /^(XX|58|22)/.test(codeOf(error) ?? '');
export const tableIsMissing = (error: unknown): boolean => codeOf(error) === '42P01';

/** What was wrong, without the values of rows that PostgreSQL tells beside it. */
export const saysOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const refusesLogin = (code: string | undefined): boolean => code?.startsWith('28') ?? false;

/** The failure in our words. One that has a name already is left as it is. */
export const failureOf = (error: unknown, instance: string, drill: boolean): Error => {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  const data = { instance, ...(code && { code }) };
  const text = `${instance}: ${saysOf(error)}`;
  if (refusesLogin(code) && drill)
    return new ProductionLogin(`${text}; the copy refuses the login that was made for it`, data, { cause: error });
  if (refusesLogin(code) || code === '42501') return new AccessDenied(text, data, { cause: error });
  return new DependencyUnavailable(text, data, { cause: error });
};
