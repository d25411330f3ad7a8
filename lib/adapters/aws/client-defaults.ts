/**
 * For every SDK client. An undo waits on these calls, so a dead connection must end well within a function's time;
 * without `throwOnRequestTimeout` the SDK only prints a warning. The machines retry on top of the SDK's own retries.
 */
export const clientDefaults = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};
