import { connect } from 'node:net';
import type { Dial } from './connection.ts';

/** One try at one address: nothing is looked up, and no other family is tried in its place. */
export const dialed: Dial = ({ endpoint, address }) =>
  connect({ host: address, port: endpoint.port, autoSelectFamily: false, noDelay: true });
