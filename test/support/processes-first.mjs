import Sequencer from '@jest/test-sequencer';

const Base = Sequencer.default ?? Sequencer;

/** Tests on real processes take longest and wait most: begun last, one of them would keep the whole run waiting. */
const onProcesses = ({ path }) => /\/test\/(live|server|acceptance|packaging)\//.test(path);

export default class ProcessesFirst extends Base {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(onProcesses), ...sorted.filter((test) => !onProcesses(test))];
  }
}
