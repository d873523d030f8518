import { CreateFacts1795305600000 } from './1795305600000-create-facts.js';

/** The shape of the metrics schema, step by step. */
export const migrations = [CreateFacts1795305600000];
