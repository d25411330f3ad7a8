import { Failure } from '../../contracts/failure.ts';
import {
  AccessDenied,
  DependencyThrottled,
  DependencyUnavailable,
  QuotaExceeded,
  WriteConflict,
} from '../../contracts/failures.ts';
import { databaseFailures, type Named } from './database-failures.ts';

/** The one table of what a refused or lost call means. A name that is not here is judged by its HTTP status. */
const byName: Readonly<Record<string, Named>> = {
  ThrottlingException: DependencyThrottled,
  Throttling: DependencyThrottled,
  ThrottledException: DependencyThrottled,
  TooManyRequestsException: DependencyThrottled,
  ProvisionedThroughputExceededException: DependencyThrottled,
  RequestLimitExceeded: DependencyThrottled,
  LimitExceededException: DependencyThrottled,
  ExecutionLimitExceeded: DependencyThrottled,
  SlowDown: DependencyThrottled,
  ConditionalCheckFailedException: WriteConflict,
  TransactionConflictException: WriteConflict,
  TransactionCanceledException: WriteConflict,
  TransactionInProgressException: WriteConflict,
  AccessDenied: AccessDenied,
  AccessDeniedException: AccessDenied,
  UnauthorizedOperation: AccessDenied,
  UnrecognizedClientException: AccessDenied,
  InvalidClientTokenId: AccessDenied,
  InvalidSignatureException: AccessDenied,
  SignatureDoesNotMatch: AccessDenied,
  CredentialsProviderError: AccessDenied,
  // The next process gets fresh credentials, so these two are worth a retry.
  ExpiredToken: DependencyUnavailable,
  ExpiredTokenException: DependencyUnavailable,
  TimeoutError: DependencyUnavailable,
  AbortError: DependencyUnavailable,
  RequestTimeout: DependencyUnavailable,
  KeyUnavailableException: DependencyUnavailable,
  DisabledException: AccessDenied,
  KMSInvalidStateException: AccessDenied,
  DecryptionFailure: AccessDenied,
  ServiceQuotaExceededException: QuotaExceeded,
  ...databaseFailures,
};

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'];

type SdkError = Error & {
  code?: string;
  $metadata?: { httpStatusCode?: number; attempts?: number };
  CancellationReasons?: readonly { Code?: string }[];
};

/** Without a status nobody answered; what the SDK then tried more than once is a lost connection under some name. */
const byAnswer = ({ httpStatusCode: status, attempts = 1 }: NonNullable<SdkError['$metadata']>): Named | undefined => {
  if (status === undefined) return attempts > 1 ? DependencyUnavailable : undefined;
  if (status === 429) return DependencyThrottled;
  if (status === 401 || status === 403) return AccessDenied;
  if (status === 409) return WriteConflict;
  return status >= 500 ? DependencyUnavailable : undefined;
};

/** A cancelled transaction is a conflict only if every reason is one; DynamoDB also cancels when it is overloaded. */
const byCancellation = ({ CancellationReasons: reasons = [] }: SdkError): Named | undefined => {
  const codes = reasons.map(({ Code }) => Code ?? 'None').filter((code) => code !== 'None');
  if (codes.some((code) => code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded')) {
    return DependencyThrottled;
  }
  return codes.every((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')
    ? WriteConflict
    : undefined;
};

/** By shape: Node's own errors are of another realm inside a sandbox, and a DOMException is no Error everywhere. */
const isError = (cause: unknown): cause is SdkError =>
  typeof cause === 'object' && cause !== null && 'name' in cause && 'message' in cause;

/** RDS says `DBInstanceNotFound` where its SDK says `DBInstanceNotFoundFault`. */
const withoutFault = (name: string): string => name.replace(/Fault$/, '');

const kindOf = (error: SdkError): Named | undefined => {
  if (error.name === 'TransactionCanceledException') return byCancellation(error);
  if (error.code && unreachable.includes(error.code)) return DependencyUnavailable;
  return byName[error.name] ?? byName[withoutFault(error.name)] ?? byAnswer(error.$metadata ?? {});
};

/** Names what went wrong with a call to `dependency`. What nobody foresaw keeps its cause and is never taken for an answer. */
export const namedFailure = (dependency: string, cause: unknown): Error => {
  if (cause instanceof Failure) return cause;
  const error = isError(cause) ? cause : new Error(String(cause));
  const Kind = kindOf(error);
  const message = `${dependency}: ${error.name}: ${error.message}`;
  return Kind ? new Kind(message, { dependency, error: error.name }, { cause }) : new Error(message, { cause });
};

/** Wraps one call to a dependency; the only catch of unforeseen SDK errors in the adapters. */
export const calling = async <T>(dependency: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw namedFailure(dependency, error);
  }
};
