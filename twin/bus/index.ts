/** The event bus of the twin: all triggers of serverless.yml, delivered at least once. */
export { eventsApi } from './api/http.ts';
export { type Bus, type BusOptions, openBus } from './bus.ts';
export { alarmStateChanged, executionStatusChanged } from './events/aws.ts';
export type { NewEvent } from './events/event.ts';
export type { HttpRequest } from './http/event.ts';
export type { HttpResponse } from './http/response.ts';
export type { DeadLetter } from './queue/delivery.ts';
