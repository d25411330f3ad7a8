import { send } from '../../../twin/live/process/http.ts';

/** Asks one request after the other, on several lines at once, until it is told to stop; then says what came back. */
export const askSteadily = (port: number, lines: number, path = '/') => {
  let going = true;
  const answers: { status: number; slot: string | undefined }[] = [];
  const line = async () => {
    while (going) {
      const answer = await send({ port, path, timeoutMs: 10_000 }).catch(() => undefined);
      const slot = answer?.headers['x-evenkeel-slot'];
      answers.push({ status: answer?.status ?? 0, slot: typeof slot === 'string' ? slot : undefined });
    }
  };
  const lost = Promise.all(Array.from({ length: lines }, line));
  return {
    answers,
    stop: async () => {
      going = false;
      await lost;
      return answers;
    },
  };
};
