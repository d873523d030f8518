import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, type FormError, messagesByField, timeInWords } from '#libs/pages';
import type { Called } from './colleagues.js';
import { type FieldsByCode, refusedAt } from './concerns/acts/act.js';
import { refusal } from './concerns/shapes.js';
import { isSentBefore, sentBefore } from './sent-before.js';
import { type Away, isAway, unlessAway } from './unless-away.js';

/** What a form holds that nobody sees: its key, and the version of the record that it was opened on. */
export const hidden = z.object({ key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });
type Hidden = z.infer<typeof hidden>;

/** What a form that did not get through comes back with. */
export interface Back {
  key: string;
  /** Left out where it comes back on what there is now. */
  seen?: number | undefined;
  errors?: FormError[];
  changes?: z.infer<typeof refusal>['changes'];
  away?: Away;
  isSentBefore?: true;
  status?: number;
}

/** A form as it stands on its page. */
export interface FormShown<Typed> extends Omit<Back, 'seen' | 'status'> {
  typed: Typed;
  seen: number;
  csrf: string;
  called: Called;
}

interface Sent extends Hidden {
  errors: FormError[];
  fields?: FieldsByCode;
  /** On the version that was seen, once for a form. */
  send(on: Hidden): Promise<Answer>;
}

/** Sends what a form says; undefined where that was recorded. Of 412 the record is another by now than the page was made of. */
export async function sendForm({ key, seen, errors, fields, send }: Sent): Promise<Back | undefined> {
  if (errors.length > 0) return { key, seen, errors, status: 400 };
  const answer = await send({ key, seen }).catch(unlessAway);
  if (isAway(answer)) return { key, seen, away: answer, status: 503 };
  if (isSentBefore(answer)) return sentBefore();
  if (answer.status < 300) return undefined;
  const { changes, sequence, ...refused } = refusal.parse(answer.body ?? {});
  const again = { key: randomUUID(), status: answer.status };
  return answer.status === 412 ? { ...again, seen: sequence, changes } : { ...again, seen, errors: refusedAt(fields, refused.refusals ?? [refused]) };
}

/** A form as its page shows it; `happened`: what the events of its record are called. */
export function asShown({ called, errors = [], changes, ...form }: Omit<FormShown<unknown>, 'typed'>, happened: Record<string, string>) {
  return {
    ...form,
    errors,
    messages: messagesByField(errors),
    changes: changes?.map(({ type, at, actor }) => `${timeInWords(at)}${actor ? `, ${called(actor)}` : ''}: ${happened[type] ?? 'something else was recorded'}`),
  };
}
