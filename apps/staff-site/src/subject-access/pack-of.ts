import { may } from '../may.js';
import { paths } from '../paths.js';

/** Where everything held about whom a record is about is asked for, by whoever may; its reference is sent, and stands in no address. */
export const packOf = ({ reference, personId }: { reference: string; personId: unknown }) =>
  typeof personId === 'string' && may('person.export') ? { action: paths.subjectAccessOf(), reference } : undefined;
