import { CreateDirectory1795383000001 } from './1795383000001-create-directory.js';
import { LetReadingsBeAskedFor1795395000001 } from './1795395000001-let-readings-be-asked-for.js';

export const migrations = [CreateDirectory1795383000001, LetReadingsBeAskedFor1795395000001];
