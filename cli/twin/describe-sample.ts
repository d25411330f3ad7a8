import type { Image } from '../../lib/contracts/image.ts';
import type { Behaviour } from '../../twin/live/index.ts';

type Sample = { behaviour: Partial<Behaviour>; scan: Image['scan'] };

/** What a sample image does wrong, as a sentence. */
export const describeSample = ({ behaviour, scan }: Sample): string => {
  const { errorPercent, errorsAfterRequests, delayMs, crashesAfterMs, crashesAtRequest } = behaviour;
  const after = errorsAfterRequests ? `, from its request ${errorsAfterRequests} on` : '';
  const faults = [
    errorPercent ? `fails ${errorPercent} % of requests${after}` : '',
    delayMs ? `answers ${delayMs} ms late` : '',
    crashesAfterMs === undefined ? '' : `crashes ${crashesAfterMs} ms after its start`,
    crashesAtRequest ? `crashes at its request ${crashesAtRequest}` : '',
    scan.status !== 'complete' ? 'was never scanned' : '',
    scan.status === 'complete' && scan.critical > 0 ? `its scan found ${scan.critical} critical faults` : '',
  ].filter((fault) => fault !== '');
  return faults.join('; ') || 'is good';
};
