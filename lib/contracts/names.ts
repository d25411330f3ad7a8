import * as v from 'valibot';

/** A service of the catalog. At most 30 characters, so that execution names stay under AWS's limit of 80. */
export const ServiceName = v.pipe(
  v.string(),
  v.regex(
    /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/,
    'expected 1-30 lower-case letters, digits or hyphens, starting with a letter',
  ),
);
export type ServiceName = string;

/** An image by content. A tag can move under a release; a digest cannot. */
export const Digest = v.pipe(
  v.string(),
  v.regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hexadecimal digits'),
);
export type Digest = string;

/** Who asked: a person, a role or a machine, as the source of the event knows it. */
export const Actor = v.pipe(
  v.string(),
  v.regex(/^[\w.@:/+=-]{1,128}$/, 'expected 1-128 letters, digits or . @ : / + = -'),
);
export type Actor = string;

/** Chosen by whoever asks; the same id twice is the same wish. */
export const RequestId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'expected 1-40 letters, digits, _ or -'));
export type RequestId = string;

/** `<service>-<requestId>`: also the name of the deployment's execution. */
export const ReleaseId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,71}$/, 'expected <service>-<requestId>'));
export type ReleaseId = string;

/** One execution of one machine: its ARN. */
export const RunId = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
export type RunId = string;

export const slots = ['blue', 'green'] as const;
export const Slot = v.picklist(slots);
export type Slot = v.InferOutput<typeof Slot>;

export const otherSlot = (slot: Slot): Slot => (slot === 'blue' ? 'green' : 'blue');
export const releaseIdOf = (service: ServiceName, requestId: RequestId): ReleaseId => `${service}-${requestId}`;
/** Whoever starts the undo of a release (the machine, its end, an alarm, a person) uses this name, so it runs once. */
export const undoNameOf = (releaseId: ReleaseId): string => `undo-${releaseId}`;
/** Whoever finishes an undo or a rollback whose own run was cut off. As long as the name it replaces, at most. */
export const redoNameOf = (rollbackName: string): string =>
  rollbackName.replace(/^rollback-/, 'rebound-').replace(/^undo-/, 'redo-');
export const rollbackNameOf = (service: ServiceName, requestId: RequestId): string =>
  `rollback-${service}-${requestId}`;
