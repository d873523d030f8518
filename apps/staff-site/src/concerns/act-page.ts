import { type FormError, messagesByField, visitor } from '#libs/pages';
import { paths } from '../paths.js';
import type { Called } from '../colleagues.js';
import { type Act, actsFor, colleagueWith } from './acts/index.js';
import { accountOf } from './account.js';
import { atRisk, factsOf } from './case-page.js';
import type { ConcernCase, Told } from './shapes.js';
import type { Recorded } from './acts/act.js';
import { callingRaiser, cameLater, type Change, changesTold } from './timeline.js';
import type { Away } from '../unless-away.js';

/** Why a form comes back, other than its fields. */
export type Trouble = { away: Away } | { changes: Change[] };

/** What was done with the concern since a form was opened. */
export interface Meanwhile {
  told: Told[];
  /** As it was opened first, where anything was. */
  since?: number;
  /** The form would write over some of it; `stands`: whoever sends it said that it is to. */
  isWrittenOver: boolean;
  stands: boolean;
  /** What of it stands in the form now. */
  recorded?: Recorded | undefined;
}

interface Shown extends Partial<Meanwhile> {
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
  const { errors = [], trouble, told = [], recorded, ...shown } = form;
  const among = trouble && 'changes' in trouble ? trouble.changes : undefined;
  // The service tells who changed what kind of thing; the story, what it came to.
  const changes = told.length > 0 && (among || form.isWrittenOver) ? told : among;
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
    atRisk: atRisk(concern),
    worry: accountOf(concern)?.worry,
    later: cameLater(concern, called),
    facts: factsOf(concern, called),
    errors,
    messages: messagesByField(errors),
    away: trouble && 'away' in trouble ? trouble.away : undefined,
    isPast,
    changes: changes && changesTold(changes, callingRaiser(concern.story, called)),
    recorded: recorded?.said,
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
