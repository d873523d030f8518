import { type Field, idOf, namesOf } from './field.js';
import * as questions from './questions.js';
import type { Name } from './typed.js';

export const stepNames = ['person', 'what-happened', 'harm', 'safety', 'wishes', 'others', 'you'] as const;
export type StepName = (typeof stepNames)[number];
export const firstStep: StepName = 'person';

/** One page of the form. */
export interface Step {
  name: StepName;
  title: string;
  lead: string;
  fields: Field[];
  folds?: questions.Fold[];
  /** Which right door is shown besides. */
  rightDoor?: 'any' | 'children';
}

const pages: Record<StepName, Omit<Step, 'name'>> = {
  person: { title: 'Who is at risk?', lead: 'Tell us what you know of them. You can leave any of it out.', ...questions.person },
  'what-happened': { title: 'What happened?', lead: 'You do not need to be sure, and you do not need proof. Photographs and documents can be added once it is sent.', rightDoor: 'any', ...questions.whatHappened },
  harm: { title: 'What kind of harm, where and by whom?', lead: 'Leave out what you do not know.', ...questions.harm },
  safety: { title: 'Is there danger now?', lead: 'Do not put yourself in danger to find out.', ...questions.safety },
  wishes: { title: 'What do they want?', lead: 'You do not need their agreement to tell us.', ...questions.wishes },
  others: { title: 'Is anybody else at risk?', lead: 'Other residents, or children in the home, for example.', rightDoor: 'children', ...questions.others },
  you: { title: 'Who are you?', lead: 'You need not say, but it helps, and we can then tell you what became of it.', ...questions.you },
};

export const steps: Step[] = stepNames.map((name) => ({ name, ...pages[name] }));

export const stepNamed = (name: string): Step | undefined => steps.find((step) => step.name === name);

export const fieldsOf = ({ fields, folds = [] }: Step): Field[] => [...fields, ...folds.flatMap((fold) => fold.fields)];

/** Everything that is sent of a step. */
export const answersIn = (step: Step): Name[] => fieldsOf(step).flatMap(namesOf);

/** The step after it; none after the last. */
export const after = ({ name }: Step): Step | undefined => steps[stepNames.indexOf(name) + 1];
export const before = ({ name }: Step): Step | undefined => steps[stepNames.indexOf(name) - 1];

/** The step in which a field stands, by its id. */
export const stepOf = (id: string): Step => steps.find((step) => fieldsOf(step).some((field) => idOf(field) === id))!;
