import { z } from 'zod';
import { givenDay } from '#libs/platform';

/** What bodies of every kind of record are made of. A name is kept encrypted, and so is a reason. */
export const name = z.string().trim().min(1, 'Say what it is called.').max(300);
export const reason = z.string().trim().max(20_000).default('');
export const reasonBody = z.strictObject({ reason });
/** An opaque code, never a name: it stands in the story and is told to others. */
export const code = z.string().trim().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'Give a code: small letters, digits, - and _.');
export const closeBody = z.strictObject({ closedOn: givenDay, reason });
export const id = z.uuid();
/** Where somebody signs in: the provider's `tid` and `oid`, never an e-mail address. */
export const account = z.strictObject({ tid: z.uuid().toLowerCase(), oid: z.uuid().toLowerCase() });
