import { CreateConcerns20261122010000 } from './20261122010000-create-concerns.js';

export const migrations = [CreateConcerns20261122010000];
