import { type Html, html } from './html.ts';

/** One figure, with what it is measured against below it. */
export const figure = (name: string, value: string, says: string): Html =>
  html`<div><dt>${name}</dt><dd>${value}<small>${says}</small></dd></div>`;
