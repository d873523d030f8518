import { faults } from './faults/all.ts';
import { FaultSystem } from './plant/system.ts';
import { tryFault } from './trial.ts';

const seed = 1;
const minuteMs = 60_000;

let system: FaultSystem | undefined;
afterAll(() => system?.remove(), minuteMs);

describe('nothing is lost or doubled', () => {
  it.each(faults.filter(({ isQuick }) => isQuick).map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
    system ??= await FaultSystem.start({ brokers: 1, smallDisks: false });
    const { acknowledged, findings } = await tryFault(system, fault, seed);
    // What one fault broke is not to be found again by the next.
    if (findings.length > 0) {
      await system.remove();
      system = undefined;
    }
    expect(findings).toEqual([]);
    expect(acknowledged).toBeGreaterThan(20);
  }, 3 * minuteMs);
});
