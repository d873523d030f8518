import { CreateDolsRequests20261122010000 } from './20261122010000-create-dols-requests.js';

export const migrations = [CreateDolsRequests20261122010000];
