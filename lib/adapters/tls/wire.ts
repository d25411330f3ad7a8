import type { Socket } from 'node:net';
import { NotSeen } from './silence.ts';

/** The first bytes of a connection, read exactly: what follows them is left for whoever reads next. */
export const readExactly = (socket: Socket, bytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      socket.off('readable', read).off('error', failed).off('close', closed);
      act();
    };
    const read = (): void => {
      const part: Buffer | null = socket.read(bytes);
      if (part?.length === bytes) settle(() => resolve(part));
      else if (part) settle(() => reject(new NotSeen('reset', `closed after ${part.length} of ${bytes} bytes`)));
    };
    const failed = (error: Error): void => settle(() => reject(error));
    const closed = (): void => failed(new NotSeen('reset', 'closed without an answer'));
    socket.on('readable', read).on('error', failed).on('close', closed);
    read();
  });

export const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      socket.off('connect', ready).off('error', failed).off('close', closed);
      act();
    };
    const ready = (): void => settle(resolve);
    const failed = (error: Error): void => settle(() => reject(error));
    const closed = (): void => failed(new NotSeen('reset', 'closed before it was open'));
    socket.on('connect', ready).on('error', failed).on('close', closed);
  });
