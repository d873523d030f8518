import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '#libs/pages';

const reused = z.object({ code: z.literal('idempotency/key-reused') });

/** A service has something else under the key of this form: its answer was lost, and the form was changed before it was sent again. What is refused is kept under no key, so that was recorded. */
export const isSentBefore = ({ status, body }: Answer): boolean => status === 422 && reused.safeParse(body).success;

/** What such a form comes back with: a key of its own, and the version that there is now. */
export const sentBefore = () => ({ isSentBefore: true as const, key: randomUUID(), seen: undefined, status: 422 });
