import { z } from 'zod';
import { paths } from '../paths.js';
import { before, type Step } from './steps.js';

/** Where a step leads when its answers are kept, unless to the next; and what is done where other answers are open. */
const thens = ['save', 'stay', 'back', 'home', 'begin', 'raised', 'follow', 'sign-in', 'is-this-safeguarding', 'easy-read', 'together', 'instead'] as const;
export type Then = (typeof thens)[number];

/** Of a page that was about no draft, since none was open. */
export const noDraft = 'none';

const shape = z.object({
  then: z.enum(thens).optional().catch(undefined),
  /** The draft that the page was about, by its tag. A page that does not say is about whatever is open. */
  about: z.string().optional().catch(undefined),
  /** What somebody was asked to look at again, and sent all the same. */
  doubted: z.string().default('').catch('').transform((names) => names.split(' ')),
});

/** What a form asks for besides keeping its answers. */
export type Asked = z.infer<typeof shape>;

export const readAsked = (body: unknown): Asked => shape.parse(typeof body === 'object' && body !== null ? body : {});

const elsewhere: Partial<Record<Then, string>> = { save: paths.save(), home: paths.home(), begin: paths.newConcern(), raised: paths.raised(), follow: paths.follow() };

/** Where somebody goes who leaves a step before it is done; undefined where they go on with it. */
export function leavingTo(step: Step, then: Then | undefined, isChange: boolean): string | undefined {
  const previous = before(step);
  switch (then) {
    case 'back':
      if (isChange) return paths.check();
      return previous ? paths.step(previous.name) : paths.home();
    case 'stay':
      return paths.step(step.name, { isChange });
    case 'sign-in':
      return paths.signIn(paths.step(step.name, { isChange }));
    case 'is-this-safeguarding':
      return paths.isThisSafeguarding(step.name);
    case 'easy-read':
      return paths.easyRead(step.name);
    default:
      return then && elsewhere[then];
  }
}
