import { otherSlot, type Slot, slots } from '../../../lib/contracts/names.ts';
import { isGood, service } from '../release-stories.ts';
import { helplessButLoud, type Judged } from './judged.ts';
import type { Report } from './violation.ts';

const floor = 2;

/** At every instant: no traffic on a slot with fewer ready pods than the floor while the other slot could serve. */
export const trafficIsOnReadyPods = ({ twin }: Judged, report: Report): void => {
  const shop = twin.world.services.get(service);
  const weights = shop.effective();
  const canServe = (slot: Slot) => shop.serving(slot) >= floor;
  for (const slot of slots)
    if (weights[slot] > 0 && !canServe(slot) && canServe(otherSlot(slot)))
      report('I1', `${weights[slot]} % of traffic on slot ${slot} with ${shop.serving(slot)} ready pods`);
};

/** These leave the undo helpless, but not the record of it. */
const helplessOnRecord = ['traffic', 'leases', 'catalogs'];
const recordLost = ['releases', 'machines', 'runs'];

/** At the end: where traffic could not be brought back, the release is on record as failed, not as anything better. */
export const helplessnessIsOnRecord = ({ twin, story, gone }: Judged, report: Report): void => {
  // Whoever looks for lost ends reads there which services there are.
  if (story.reconciled && gone.has('catalogs')) return;
  if (!helplessOnRecord.some((port) => gone.has(port)) || recordLost.some((port) => gone.has(port))) return;
  const shop = twin.world.services.get(service);
  const weights = shop.effective();
  const stuck = slots.some((slot) => weights[slot] > 0 && (weights[slot] < 100 || !isGood(shop.state(slot).digest)));
  const failed = [...twin.world.records.byId.values()].some(({ status }) => status === 'failed');
  if (stuck && !failed) report('I1', 'traffic is stuck, but no release is on record as failed');
};

/** At the end: traffic is on a good release, which has its pods. */
export const endsOnGoodRelease = (judged: Judged, report: Report): void => {
  if (helplessButLoud(judged)) return;
  const shop = judged.twin.world.services.get(service);
  const weights = shop.effective();
  for (const slot of slots.filter((name) => weights[name] > 0)) {
    const { digest, ready } = shop.state(slot);
    if (!isGood(digest)) report('I1', `ended with ${weights[slot]} % of traffic on a bad version in slot ${slot}`);
    if (ready < floor) report('I1', `ended with ${weights[slot]} % of traffic on ${ready} ready pods of slot ${slot}`);
  }
};
