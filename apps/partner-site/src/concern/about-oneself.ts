import type { Choice } from './choices.js';
import { type Field, namesOf } from './field.js';
import type { Step, StepName } from './steps.js';
import type { Name, Typed } from './typed.js';

/** Whether whoever writes is the person at risk themselves. */
export const isAboutOneself = ({ whose }: Pick<Typed, 'whose'>): boolean => whose === 'self';

/** What a step is called then, and says first, and what the first of its folds is called. */
const steps: Partial<Record<StepName, Partial<Pick<Step, 'title' | 'lead'>> & { fold?: string }>> = {
  person: { title: 'About you', lead: 'Tell us about yourself. You can leave any of it out.', fold: 'Where you live, and more about you' },
  'what-happened': { fold: 'Who else knows, and what it did to you' },
  harm: { fold: 'What you know of whoever may be causing it' },
  safety: { title: 'Are you in danger now?', lead: 'You can leave any of it out.' },
  wishes: { title: 'What do you want?', lead: 'Say it in your own words. We listen to what you want.', fold: 'Who speaks for you' },
  you: { title: 'How can we reach you?', lead: 'You need not say, but then we cannot ask you what you want, or tell you what becomes of this.' },
};

interface Words {
  label?: string;
  hint?: string;
  choices?: Record<string, string>;
}

const place: Words = { choices: { own_home: 'My own home' } };
const source: Words = { choices: { service_provider: 'Somebody paid to care for me, or a service', known_to_individual: 'Somebody I know' } };

/** What is asked then, where the words differ. */
const words: Partial<Record<Name, Words>> = {
  authority: { label: 'Which area do you live in?' },
  address: { label: 'Where you live' },
  age: { label: 'About how old you are' },
  ethnicity: { choices: { refused: 'I would rather not say' } },
  support_reason: { label: 'What you mainly need support with', choices: { none: 'None' } },
  needs: { label: 'Your health, and how best to talk with you' },
  circle: { label: 'Who is around you', hint: 'GP, family, carer, who lives with you, and which of them know of this' },
  services: { label: 'Which services you have', hint: 'Such as home care or a care home, for how long, and who pays for it; whether the council knows you already' },
  worry: { label: 'What happened, or what worries you?', hint: 'In your own words. A few words are enough' },
  known: { label: 'Who else saw it or knows, and what did it do to you?', hint: 'Injuries and where on the body, how you are since, earlier worries' },
  location_type: place,
  source_of_risk: source,
  second_location_type: place,
  second_source_of_risk: source,
  third_location_type: place,
  third_source_of_risk: source,
  alleged: { hint: 'Name, how you know each other, whether you live together, whether they work with other adults. Do not ask them' },
  immediate_risk: { label: 'Are you in danger now?', hint: 'If you are, call 999 first' },
  done: { label: 'Has anybody done something to keep you safe?' },
  wishes_words: { label: 'What do you want to happen?' },
  advocate: { label: 'Who speaks for you, if anybody?' },
  referrer_name: { label: 'Your name, if we should call you by another' },
};

/** What is not asked then: it is said already, or makes no sense. */
const unasked: ReadonlySet<Name> = new Set<Name>(['person_contact', 'died', 'consent', 'consent_why', 'wishes', 'capacity', 'referrer_name', 'referrer_type', 'referrer_role', 'organisation', 'own_reference']);

/** A step as it is asked of whoever answered so: in the second person where it is about themselves. What was answered before they said so stays. */
export function askedOf(step: Step, answers: Typed): Step {
  if (!isAboutOneself(answers)) return step;
  const { title = step.title, lead = step.lead, fold: first } = steps[step.name] ?? {};
  const asked = (fields: Field[]) => fields.filter((field) => namesOf(field).some((name) => !unasked.has(name) || answers[name].length > 0)).map(inSecondPerson);
  const folds = (step.folds ?? []).map((fold, at) => ({ title: (at === 0 && first) || fold.title, fields: asked(fold.fields) }));
  return { ...step, title, lead, fields: asked(step.fields), folds: folds.filter(({ fields }) => fields.length > 0) };
}

function inSecondPerson(field: Field): Field {
  const { choices, ...said } = words[namesOf(field)[0]!] ?? {};
  const named = { ...field, ...said };
  return 'choices' in named ? { ...named, choices: named.choices.map((one): Choice => ({ ...one, text: choices?.[one.value] ?? one.text })) } : named;
}

/** The answers with what goes without saying where somebody tells of themselves. */
export function asTold(answers: Typed): Typed {
  if (!isAboutOneself(answers)) return answers;
  return {
    ...answers,
    referrer_type: answers.referrer_type || 'self',
    referrer_name: answers.referrer_name || `${answers.given_name} ${answers.family_name}`.trim(),
    consent: answers.consent || 'yes',
    wishes: answers.wishes || (answers.wishes_words && 'asked_and_expressed'),
  };
}
