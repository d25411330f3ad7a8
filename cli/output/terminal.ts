import { stripVTControlCharacters } from 'node:util';

export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Lines that stay, and one status line below them that does not. */
export interface Terminal {
  line(text: string): void;
  status(text: string): void;
  /** Takes the status line away. */
  clear(): void;
}

const eraseLine = '\r\u001b[2K';
const narrowest = 20;
/** A terminal that does not know its width says 0. */
const unknownColumns = 80;

export const terminalOn = (stream: Stream): Terminal => {
  let shown = false;
  const clear = () => {
    if (shown) stream.write(eraseLine);
    shown = false;
  };
  return {
    clear,
    line(text) {
      clear();
      stream.write(`${text}\n`);
    },
    status(text) {
      if (!stream.isTTY) return;
      stream.write(eraseLine + fitted(text, stream.columns || unknownColumns));
      shown = true;
    },
  };
};

/** A status that wraps could not be erased. */
const fitted = (text: string, columns: number): string => {
  const room = Math.max(narrowest, columns - 1);
  return stripVTControlCharacters(text).length > room ? `${stripVTControlCharacters(text).slice(0, room - 1)}…` : text;
};
