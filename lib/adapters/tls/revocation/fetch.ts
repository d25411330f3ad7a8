import { get } from 'node:http';

const answersWithinMs = 5000;
/** Larger ones exist; whoever issues for us has lists of some hundred kilobytes. */
export const mostBytes = 4 * 1024 * 1024;

/**
 * Fetches from one address that was looked at before, so that the name cannot lead elsewhere in between. No redirects.
 * Errors: a sentence that says what was wrong.
 */
export const fetchFrom = (url: URL, address: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const sent = get({
      host: address,
      port: url.port || 80,
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, 'user-agent': 'evenkeel-certificates' },
      agent: false,
      signal: AbortSignal.timeout(answersWithinMs),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      if (response.statusCode !== 200) {
        sent.destroy(new Error(`${url.host} answered ${response.statusCode}`));
        return;
      }
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > mostBytes) sent.destroy(new Error(`${url.host} sends more than ${mostBytes} bytes`));
      });
      response.on('error', reject);
      response.on('end', () => (response.complete ? resolve(Buffer.concat(parts)) : reject(new Error('cut off'))));
    });
  });
