import { z } from 'zod';
import { missingItems } from '#libs/pages';
import { paths } from '../../paths.js';
import { sentence } from '../../words.js';
import type { ConcernCase } from '../shapes.js';
import { consents } from '../words.js';
import { type Act, choices, errorsOf, read, text } from './act.js';
import { corrections } from './correct.js';
import { danger } from './danger.js';
import { recordWishes } from './wishes.js';

/** What is recorded by a form of its own, which also takes it from the list. */
const ownForms: Record<string, Act> = {
  abuse_types: corrections.abuseTypes,
  location_type: corrections.locationType,
  source_of_risk: corrections.sourceOfRisk,
  immediate_risk: danger,
  wishes: recordWishes,
};

/** Whether they know and agree is an answer, and not words alone. */
const consentField = 'answer_consent_said';
const fieldOf = (item: string): string => `answer_${item}`;
const named = (item: string): string => sentence(missingItems[item] ?? item);
const shape = z.record(z.string(), z.unknown());

/** Where an item is put down, if not in words here. */
function formOf(item: string, concern: ConcernCase): string | undefined {
  if (item.startsWith('person_') && concern.personId !== null) return paths.concernAct(concern.id, 'person');
  const act = ownForms[item];
  return act && (act.isOffered?.(concern) ?? true) ? paths.concernAct(concern.id, act.name) : undefined;
}

/** Keeps the answer to each thing that was missing and has come, and takes it from the list. */
export const answer: Act = {
  name: 'answer',
  command: 'AnswerMore',
  needs: 'concern.answer',
  link: 'Record what has come',
  title: 'What was missing and has come',
  button: 'Record',
  done: 'What has come is recorded.',
  tells: ['MoreAnswered'],
  template: 'concern/answer.njk',
  isOffered: ({ missing }) => missing.length > 0,
  form(concern, body) {
    const typed = read(shape, body);
    const consent = text.parse(typed[consentField]);
    const all = concern.missing.map((item) => ({ item, href: formOf(item, concern), words: text.parse(typed[fieldOf(item)]), chosen: item === 'consent' ? consent : '' }));
    const here = all.filter(({ href }) => href === undefined);
    const come = here.filter(({ words, chosen }) => words !== '' || chosen in consents);
    const source = text.parse(typed['source']);
    const said = [...come.map(({ item, words, chosen }) => `${named(item)}: ${[consents[chosen], words].filter(Boolean).join('. ')}`), ...(source ? [`Who said so: ${source}`] : [])];
    return {
      errors: errorsOf([
        come.length === 0 && { text: 'Write what has come', href: `#${fieldOf(here[0]?.item ?? '')}` },
        come.some(({ item, chosen }) => item === 'consent' && !(chosen in consents)) && { text: 'You wrote of whether the person knows and agrees, and no answer: choose one', href: `#${consentField}` },
      ]),
      path: 'answer',
      payload: { what: come.map(({ item }) => item), answer: said.join('\n\n'), ...(come.some(({ chosen }) => chosen in consents) ? { consent } : {}) },
      fields: {
        items: here.map(({ item, words, chosen }) => ({ name: fieldOf(item), label: named(item), words, ...(item === 'consent' && { choice: consentField, items: choices(consents, chosen) }) })),
        forms: all.flatMap(({ item, href }) => (href ? [{ href, text: named(item) }] : [])),
        source,
      },
    };
  },
};
