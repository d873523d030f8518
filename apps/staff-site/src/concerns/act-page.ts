import { type FormError, messagesByField, visitor } from '#libs/pages';
import { paths } from '../paths.js';
import type { Called } from '../colleagues.js';
import { type Act, actsFor, colleagueWith } from './acts/index.js';
import { accountOf } from './account.js';
import { factsOf } from './case-page.js';
import type { ConcernCase } from './shapes.js';
import { callingRaiser, type Change, changesInWords } from './timeline.js';
import type { Away } from '../unless-away.js';

/** Why a form comes back, other than its fields. */
export type Trouble = { away: Away } | { changes: Change[] };

interface Shown {
  /** What has just been done before this. */
  done?: string | undefined;
  key: string;
  seen: number;
  csrf: string;
  fields: object;
  errors?: FormError[];
  trouble?: Trouble;
  isSentBefore?: true;
}

/** A form by which something is done with a concern, under what it is about. */
export function actPage(on: { concern: ConcernCase; name: string; act: Act; called: Called }, form: Shown) {
  const { concern, name, act, called } = on;
  const { errors = [], trouble, ...shown } = form;
  const changes = trouble && 'changes' in trouble ? trouble.changes : undefined;
  // What came meanwhile, or was sent before, may have ended what this form is for.
  const isPast = (changes !== undefined || form.isSentBefore === true) && !actsFor(concern).includes(act);
  return {
    title: act.title,
    button: act.button,
    ...act.wordsFor?.(concern, called),
    colleague: colleagueWith(concern, called),
    here: paths.queues(),
    backHref: paths.concern(concern.id),
    action: paths.concernAct(concern.id, act.name),
    caption: `${concern.reference}, ${name}`,
    worry: accountOf(concern)?.worry,
    facts: factsOf(concern, called),
    errors,
    messages: messagesByField(errors),
    away: trouble && 'away' in trouble ? trouble.away : undefined,
    isPast,
    changes: changes && changesInWords(changes, callingRaiser(concern.story, called)),
    changesTitle: changes && titleOf(changes, isPast),
    ownChange: changes && ownAmong(changes, act),
    ...shown,
  };
}

const isOwn = ({ actor }: Change): boolean => actor !== null && actor === visitor()?.id;
/** Where it is not told what changed, somebody else was quicker. */
const areOwn = (changes: readonly Change[]): boolean => changes.length > 0 && changes.every(isOwn);

/** What of it whoever sent the form did: what this form is for, so that it is recorded, or something `before` it. */
function ownAmong(changes: readonly Change[], { tells }: Act): 'recorded' | 'before' | undefined {
  const own = changes.filter(isOwn);
  if (own.some(({ type }) => tells.includes(type))) return 'recorded';
  return own.length > 0 ? 'before' : undefined;
}

/** Who changed it; undefined for somebody else. What a message brought nobody did, and a form that is sent twice finds one's own act. */
function titleOf(changes: readonly Change[], isPast: boolean): string | undefined {
  if (changes.length === 0) return undefined;
  if (areOwn(changes)) return 'You changed this concern after you opened this form';
  const others = changes.filter((change) => change.actor !== null && !isOwn(change));
  if (others.length === 0) return 'This concern changed while you wrote';
  return isPast && others.some(({ type }) => type === 'ConcernTriaged') ? 'Somebody else decided this concern while you wrote' : undefined;
}
