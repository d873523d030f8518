import { type FormError, messagesByField } from '#libs/pages';
import { paths } from '../paths.js';
import type { Called } from '../colleagues.js';
import { type Act, actsFor } from './acts/index.js';
import { accountOf } from './account.js';
import type { ConcernCase } from './shapes.js';
import { changesInWords } from './timeline.js';
import type { Away } from '../unless-away.js';

/** Why a form comes back, other than its fields. */
export type Trouble = { away: Away } | { changes: { type: string; at: string; actor: string | null }[] };

interface Shown {
  /** What has just been done before this. */
  done?: string | undefined;
  key: string;
  seen: number;
  csrf: string;
  fields: object;
  errors?: FormError[];
  trouble?: Trouble;
}

/** A form by which something is done with a concern, under what it is about. */
export function actPage(on: { concern: ConcernCase; name: string; act: Act; called: Called }, form: Shown) {
  const { concern, name, act, called } = on;
  const { errors = [], trouble, ...shown } = form;
  return {
    title: act.title,
    button: act.button,
    here: paths.queues(),
    backHref: paths.concern(concern.id),
    action: paths.concernAct(concern.id, act.name),
    caption: `${concern.reference}, ${name}`,
    worry: accountOf(concern)?.worry,
    errors,
    messages: messagesByField(errors),
    away: trouble && 'away' in trouble ? trouble.away : undefined,
    // What came meanwhile may have ended what this form is for.
    isPast: !actsFor(concern).includes(act),
    changes: trouble && 'changes' in trouble ? changesInWords(trouble.changes, called) : undefined,
    ...shown,
  };
}
