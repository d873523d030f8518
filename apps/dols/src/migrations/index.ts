import { CreateDolsRequests20261122010000 } from './20261122010000-create-dols-requests.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';

export const migrations = [CreateDolsRequests20261122010000, ParkMessages1795379000001];
