import * as v from 'valibot';
import { Failure, type FailureData } from '../../../lib/contracts/failure.ts';
import {
  ActionImpossible,
  CatalogInvalid,
  ConfigInvalid,
  DependencyThrottled,
  DependencyUnavailable,
  InputInvalid,
  LeaseLost,
  MachineRefused,
  RenewalRefused,
  ServiceUnknown,
  WeightsInvalid,
} from '../../../lib/contracts/failures.ts';

/** Proves to a process that the caller read this world's state folder and means this very process. */
export const instanceHeader = 'x-evenkeel-instance';

export const WireFailure = v.object({
  name: v.string(),
  message: v.string(),
  data: v.record(v.string(), v.unknown()),
});
export type WireFailure = v.InferOutput<typeof WireFailure>;

export const toWire = (error: unknown): WireFailure =>
  error instanceof Failure
    ? { name: error.name, message: error.message, data: { ...error.data } }
    : { name: 'DependencyUnavailable', message: error instanceof Error ? error.message : String(error), data: {} };

type Maker = (message: string, data: FailureData) => Failure;
const makers: Record<string, Maker> = {
  ActionImpossible: (message, data) => new ActionImpossible(message, data),
  CatalogInvalid: (message, data) => new CatalogInvalid(message, data),
  ConfigInvalid: (message, data) => new ConfigInvalid(message, data),
  DependencyThrottled: (message, data) => new DependencyThrottled(message, data),
  InputInvalid: (message, data) => new InputInvalid(message, data),
  LeaseLost: (_, { resource, token, newest }) => new LeaseLost(String(resource), Number(token), Number(newest)),
  MachineRefused: (message, data) => new MachineRefused(message, data),
  RenewalRefused: (message, data) => new RenewalRefused(message, data),
  ServiceUnknown: (_, { service, known }) => new ServiceUnknown(String(service), known as string[]),
  WeightsInvalid: (message, data) => new WeightsInvalid(message, data),
};

/** The same failure on the caller's side; one that is not part of the protocol is the other side's own fault. */
export const fromWire = ({ name, message, data }: WireFailure): Failure =>
  makers[name]?.(message, data) ?? new DependencyUnavailable(message, data);
