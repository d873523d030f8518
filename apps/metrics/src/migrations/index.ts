import { CreateFacts1795305600000 } from './1795305600000-create-facts.js';
import { DrawUpFactsBeside1795305700000 } from './1795305700000-draw-up-facts-beside.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';

/** The shape of the metrics schema, step by step. */
export const migrations = [CreateFacts1795305600000, DrawUpFactsBeside1795305700000, ParkMessages1795379000001];
