import { z } from 'zod';
import type { Action } from '#libs/access';
import type { FormError } from '#libs/pages';
import type { Called, Colleague } from '../../colleagues.js';
import type { Place } from '../../places.js';
import type { ConcernCase, Refused } from '../shapes.js';
import type { Change } from '../timeline.js';

/** Something that can be done with a concern by a form of its own. */
export interface Act {
  /** In the address. */
  name: string;
  /** What the service has to permit, and the right that it needs. */
  command: string;
  needs: Action;
  /** On the case page, over the form, and on its button. */
  link: string;
  title: string;
  button: string;
  /** What is said on the case page when it is done. */
  done: string;
  /** The same where it says what it came to. */
  doneFor?(concern: ConcernCase): string;
  /** What is then in the story. */
  tells: readonly string[];
  /** Which field a rule of the service is about, by its code. */
  fields?: FieldsByCode;
  template: string;
  /** What it is called where a concern is not as usual. */
  wordsFor?(concern: ConcernCase, called: Called): Partial<Pick<Act, 'link' | 'title' | 'button'>>;
  /** A button on the case page does it; the form shows only where it was refused. */
  isOneStep?(concern: ConcernCase): boolean;
  /** Offered beside what it changes, and not among what can be done. */
  isBeside?: true;
  /** Offered among what can be done, and never as what comes first. */
  isAside?(concern: ConcernCase): boolean;
  /** Whoever does it sees the concern no more. */
  leadsAway?: true;
  /** Left out, it is offered wherever it is permitted. */
  isOffered?(concern: ConcernCase): boolean;
  /** Whether this form would write over what was done meanwhile: whoever sends it says then that theirs is to stand in its place. */
  writesOver?(change: Change): boolean;
  /** The form with what was recorded meanwhile in place of what was typed of the same, and how to say so; undefined where there is nothing such. */
  withRecorded?(body: unknown, changes: readonly Change[]): Recorded | undefined;
  /** Other concerns with which the same is done. */
  also?(concern: ConcernCase, body: unknown): { id: string; reference: string }[];
  /** The form as it opens, or with what was typed. */
  form(concern: ConcernCase, body?: unknown, among?: Choosing): Form;
  /** Its form offers places of the directory. */
  choosesPlace?: true;
}

/** A form with something in it that was recorded while it was written. */
export interface Recorded {
  body: object;
  said: string;
}

/** Whom and what a form offers to choose from. */
export interface Choosing {
  colleagues?: readonly Colleague[];
  /** Undefined where they cannot be had, or are not asked for. */
  places?: readonly Place[] | undefined;
  /** What the person is called, where that is known. */
  person?: string | undefined;
}

/** A field, or which of several alike a rule is about makes it. */
export type FieldsByCode = Readonly<Record<string, string | ((about: string) => string)>>;

export interface Form {
  /** Something was only looked for, or is to be read once more: the form shows that, and nothing is sent. */
  isFinding?: boolean;
  errors: FormError[];
  /** Where it is sent at the service, below the concern. */
  path: string;
  payload: object;
  /** What the template fills its fields with. */
  fields: object;
}

const lineBreaks = /\r\n/g;

/** What was typed, whatever was sent; missing is empty. */
export const text = z.string().catch('').transform((typed) => typed.trim().replaceAll(lineBreaks, '\n'));
export const several = z.preprocess((typed) => (typed === undefined ? [] : [typed].flat()), z.array(z.string()).catch([]));

/** Reads a form that may not have been sent yet. */
export const read = <Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> => shape.parse(typeof body === 'object' && body !== null ? body : {});

/** Choices as the components want them, those chosen marked. */
export function choices(words: Record<string, string | { text: string; hint: string }>, ...chosen: string[]) {
  return Object.entries(words).map(([value, said]) => {
    const { text: shown, hint } = typeof said === 'string' ? { text: said, hint: undefined } : said;
    return { value, text: shown, ...(hint && { hint: { text: hint } }), checked: chosen.includes(value) };
  });
}

/** What rules of the service refuse, each at its field. */
export function refusedAt(fields: FieldsByCode = {}, refusals: readonly Refused[]): FormError[] {
  return refusals.map(({ code = '', about = '', detail }) => {
    const field = fields[code] ?? 'form';
    return { text: detail, href: `#${typeof field === 'string' ? field : field(about)}` };
  });
}

/** The errors that hold. */
export const errorsOf = (errors: (FormError | false)[]): FormError[] => errors.filter((error) => error !== false);

/** Without what was left empty. */
export const filled = (values: Record<string, unknown>): object => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
