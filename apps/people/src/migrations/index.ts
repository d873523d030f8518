import { CreatePeople20261122010000 } from './20261122010000-create-people.js';

export const migrations = [CreatePeople20261122010000];
