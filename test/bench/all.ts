import type { Bench } from './bench.ts';
import { england } from './benches/england.ts';
import { growth } from './benches/growth.ts';
import { guarding } from './benches/guards.ts';
import { held } from './benches/held.ts';
import { importing } from './benches/import.ts';
import { intake } from './benches/intake.ts';
import { measures } from './benches/measures.ts';
import { peer } from './benches/peer.ts';
import { pipeline } from './benches/pipeline.ts';
import { queues } from './benches/queues.ts';
import { rebuild } from './benches/rebuild.ts';
import { start } from './benches/start.ts';

/** Every bench, in the order in which they run. */
export const benches: readonly Bench[] = [intake, pipeline, importing, rebuild, measures, queues, growth, guarding, start, england, held, peer];
