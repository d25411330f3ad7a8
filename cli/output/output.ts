import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** Where a command says things. With `json` everything on stdout is JSON and nothing is for a person alone. */
export interface Output {
  readonly json: boolean;
  readonly style: Style;
  /** The command's result. */
  result(value: object, text: string): void;
  /** One of several things that happened on the way: a line of text, or a line of JSON. */
  event(value: object, text: string): void;
  /** For people only: advice, headings. */
  note(text: string): void;
  /** What is going on this moment; replaced by the next one, and shown on a terminal only. */
  now(text: string): void;
}

export const textOutput = (terminal: Terminal, style: Style): Output => ({
  json: false,
  style,
  result: (_, text) => terminal.line(text),
  event: (_, text) => terminal.line(text),
  note: (text) => terminal.line(text),
  now: (text) => terminal.status(style.dim(text)),
});

/** Every value is one line, so a document and a stream of events are read the same way. */
export const jsonOutput = (terminal: Terminal, style: Style): Output => {
  const print = (value: object) => terminal.line(JSON.stringify(value));
  return { json: true, style, result: print, event: print, note: () => {}, now: () => {} };
};
