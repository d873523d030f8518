import { CreateDirectory1795383000001 } from './1795383000001-create-directory.js';

export const migrations = [CreateDirectory1795383000001];
