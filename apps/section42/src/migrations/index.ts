import { CreateEnquiries20261122020000 } from './20261122020000-create-enquiries.js';

export const migrations = [CreateEnquiries20261122020000];
