import { stat } from 'node:fs/promises';

export type Owner = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root; then it runs as the user who owns its data. */
export const ownerOf = async (dataDir: string): Promise<Owner> => {
  if (process.getuid?.() !== 0) return {};
  const { uid, gid } = await stat(dataDir);
  return { uid, gid };
};
