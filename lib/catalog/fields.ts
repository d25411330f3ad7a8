/** The members of what may be an object; none when it is not. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The items of what may be a list; none when it is not. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
