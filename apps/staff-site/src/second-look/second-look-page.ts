import { z } from 'zod';
import { type FormError, listInWords, messagesByField } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { choices, type FieldsByCode, filled, text } from '../concerns/acts/act.js';
import { casePage } from '../concerns/case-page.js';
import type { ConcernCase, PersonSeen } from '../concerns/shapes.js';
import { changesInWords } from '../concerns/timeline.js';
import { limbAnswers, limbs, outcomeInWords, outcomes } from '../concerns/words.js';
import { paths } from '../paths.js';
import type { Away } from '../unless-away.js';

export const shape = z.object({ needs: text, needs_reason: text, risk: text, risk_reason: text, unable: text, unable_reason: text, outcome: text, reason: text });
export type Typed = z.infer<typeof shape>;

/** Which field a rule is about. */
export const fieldsByCode: FieldsByCode = {
  'concern/limb-answer-required': (limb) => limb,
  'concern/limb-undecided': (limb) => limb,
  'concern/limb-reason-required': (limb) => `${limb}_reason`,
  'concern/limbs-exclude-s42-enquiry': 'outcome',
  'concern/limbs-require-s42-enquiry': 'outcome',
  'concern/outcome-required': 'outcome',
  'concern/reason-required': 'reason',
};

export const payloadOf = (typed: Typed): object => ({
  limbs: Object.fromEntries(limbs.map(({ name }) => [name, filled({ answer: typed[name], reason: typed[`${name}_reason`] })])),
  ...filled({ outcome: typed.outcome, reason: typed.reason }),
});

interface Shown {
  typed: Typed;
  key: string;
  seen: number;
  csrf: string;
  errors?: FormError[];
  changes?: Parameters<typeof changesInWords>[0] | undefined;
  away?: Away;
  isSentBefore?: true;
}

/** A concern as it was before it was decided, and the form on which it is decided again. */
export function secondLookPage(concern: ConcernCase, { person, called }: { person: PersonSeen | undefined | 'away'; called: Called }, { typed, errors = [], changes, ...form }: Shown) {
  const known = casePage(concern, { person, alike: [], found: [], held: { enquiries: undefined, requests: undefined }, called }, { done: undefined, csrf: form.csrf, key: form.key });
  return {
    title: 'Second look',
    button: 'Give this second look',
    here: paths.queues(),
    backHref: paths.queue('second'),
    leavesList: true,
    action: paths.secondLook(concern.id),
    caption: [concern.reference, known.name].filter(Boolean).join(', '),
    known,
    fields: {
      typed,
      limbs: limbs.map(({ name, letter, question, hint }) => ({ name, letter, question, hint, reason: typed[`${name}_reason`], items: choices(limbAnswers, typed[name]) })),
      outcomes: choices(outcomes, typed.outcome),
    },
    errors,
    messages: messagesByField(errors),
    changes: changes && changesInWords(changes, called),
    ...form,
  };
}

/** In the address, once a second look is given. */
export const GIVEN = 'second-look';

/** That somebody has just given a second look, and how far it agrees with the decision; undefined where they have not. */
export function givenJustNow(done: string, { story }: ConcernCase, me: string | undefined): string | undefined {
  const given = story.at(-1);
  if (done !== GIVEN || given?.type !== 'SecondLookGiven' || given.actor !== me) return undefined;
  const first = story.findLast(({ type }) => type === 'ConcernTriaged');
  const unlike = limbs.filter(({ name }) => first?.limbs?.[name].answer !== given.limbs?.[name].answer).map(({ letter }) => `(${letter})`);
  return `Your second look is recorded. ${agreement([first?.outcome ?? '', given.outcome ?? ''], unlike)}`;
}

function agreement([first, second]: [string, string], unlike: string[]): string {
  if (first !== second) return `It does not agree with the decision, which stands until somebody opens the concern again: that was “${outcomeInWords(first)}”, and yours is “${outcomeInWords(second)}”.`;
  return unlike.length === 0 ? 'It agrees with the decision.' : `It comes to the same outcome as the decision, and answers ${listInWords(unlike)} differently.`;
}
