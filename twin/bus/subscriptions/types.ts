import type { Pattern } from '../pattern/index.ts';
import type { Scheduled } from '../schedule/scheduler.ts';

/** An event on a bus to a function. */
export interface Rule {
  readonly bus: string;
  readonly matches: Pattern;
  readonly target: string;
  readonly shape: Shape;
}

/** A schedule to a function: the payload of the tick that was due then. */
export interface TimedRule extends Scheduled {
  readonly target: string;
  readonly payload: (dueMs: number, nowMs: number) => unknown;
}

/** A message on a topic to a function. */
export interface TopicSubscription {
  readonly topic: string;
  readonly arn: string;
  readonly accepts: (message: TopicMessage) => boolean;
  readonly target: string;
}

/** A value of a message attribute, as the SNS API takes it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
}

export interface TopicMessage {
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
}

/** An HTTP request to a function. `*` is any method; the path `*` any request that has no route of its own. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly target: string;
}

/** What a target is given of an event. */
export type Shape = (event: unknown) => unknown;

/** All triggers of serverless.yml. */
export interface Subscriptions {
  readonly rules: readonly Rule[];
  readonly timed: readonly TimedRule[];
  readonly topics: readonly TopicSubscription[];
  readonly routes: readonly Route[];
}
