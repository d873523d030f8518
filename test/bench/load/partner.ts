import { operated } from '../../../tools/commands/tokens.ts';
import { Home } from '../../../tools/start/home.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import type { Target } from './posting.ts';

/** Who raises every concern of the benches: an invented partner. */
export const partner = 'staff-partner-1';

/** Where concerns are raised, with a token of the partner's that was got just now: it holds for five minutes. */
export async function targetOf(system: BenchSystem): Promise<Target> {
  const { headersOf } = operated(new Home(system.home), system.running);
  return { url: system.url('triage'), path: '/concerns', headers: await headersOf(partner) };
}
