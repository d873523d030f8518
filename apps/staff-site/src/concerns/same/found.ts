import { dayOf, timeInWords } from '#libs/pages';
import type { Called } from '../../colleagues.js';
import type { Finding } from '../shapes.js';
import type { NamedFinding, Verdict } from './same-person.js';

/** What a form found, as `people` keeps it, and how the page of the concern says that it is done. */
const kept: Record<Verdict, { as: Finding['verdict']; done: string }> = {
  one: { as: 'joined', done: 'It is recorded that they are one person.' },
  different: { as: 'kept_apart', done: 'It is recorded that they are different people. They are not suggested again.' },
  again: { as: 'may_be_one', done: 'It is recorded that they may be one person after all. Whoever finds that they are can join them.' },
  two: { as: 'separated', done: 'It is recorded that they are two people after all. They are not suggested again.' },
};

const found: Record<Finding['verdict'], (name: string) => string> = {
  joined: (name) => `Found to be one person with ${name}`,
  kept_apart: (name) => `Found to be a different person from ${name}`,
  may_be_one: (name) => `Found that they may be one person with ${name} after all`,
  separated: (name) => `Found to be a different person from ${name} after all`,
};

/** What has just been found, in words; an address alone claims nothing that did not happen. */
export const foundJustNow = (done: string, all: readonly Finding[]): string | undefined => (done in kept && kept[done as Verdict].as === all.at(-1)?.verdict ? kept[done as Verdict].done : undefined);

/** What was found of two people, by whom and when, the latest first; `own`: what the person is called of whose page it is. */
export const findingsInWords = (all: readonly NamedFinding[], called: Called, own: string | undefined): { what: string; when: string }[] =>
  all.toReversed().map(({ verdict, name, at, by }) => ({ what: found[verdict](name === own ? `another ${name}` : name), when: whenAndWho({ at, by }, called) }));

export const whenAndWho = ({ at, by }: Pick<Finding, 'at' | 'by'>, called: Called): string => `${timeInWords(at)}${by ? `, ${called(by)}` : ''}`;

/** How somebody who was looked at before is marked where they are compared again. */
export const marked: Record<Finding['verdict'], (at: string) => string> = {
  joined: (at) => `Was found to be one person with them on ${dayOf(at)}`,
  kept_apart: (at) => `Was found to be somebody else on ${dayOf(at)}`,
  may_be_one: (at) => `Was found on ${dayOf(at)} to be one person with them perhaps after all`,
  separated: (at) => `Was found to be two people on ${dayOf(at)}`,
};
