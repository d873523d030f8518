import { CreateFacts1795305600000 } from './1795305600000-create-facts.js';
import { DrawUpFactsBeside1795305700000 } from './1795305700000-draw-up-facts-beside.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';

/** The shape of the metrics schema, step by step. */import { KnowStaff1795391000001 } from './1795391000001-know-staff.js';

export const migrations = [CreateFacts1795305600000, DrawUpFactsBeside1795305700000, ParkMessages1795379000001, KnowStaff1795391000001];
