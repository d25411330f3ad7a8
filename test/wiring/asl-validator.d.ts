/** The package's own declarations are not reachable by its `exports`. */
declare module 'asl-validator' {
  export default function validate(definition: object): { isValid: boolean; errors: unknown[] };
}
