import type { InstanceId } from '../../contracts/database.ts';

/** How to log in to a server. `drill`: it is a drill's copy, and the login was made for it. */
export type Login = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  drill: boolean;
  /** Certificate authorities in PEM; the server must prove its name. Without it the connection is not encrypted. */
  ssl?: { ca: string };
};

/** Errors: `InstanceNotFound`, `DependencyUnavailable`, and for a copy without a login of its own `ProductionLogin`. */
export type LoginFor = (id: InstanceId) => Promise<Login>;
