/** `name`: as `status.html`, in one folder. */
export type Page = { name: string; type: 'text/html' | 'application/json'; content: string };

/** Static files that anybody may read. */
export interface Pages {
  /** The last that was put under a name is what is served. Errors: `AccessDenied`, `DependencyUnavailable`. */
  put(page: Page): Promise<void>;
}
