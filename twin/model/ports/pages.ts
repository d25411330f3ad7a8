import type { Page, Pages } from '../../../lib/ports/pages.ts';

export const modelPages = (pages: Map<string, Page>): Pages => ({
  async put(page) {
    pages.set(page.name, page);
  },
});
