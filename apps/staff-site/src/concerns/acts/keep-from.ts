import { z } from 'zod';
import type { Action } from '#libs/access';
import { visitor } from '#libs/pages';
import { mayOneOf } from '../../may.js';
import { linkTo } from '../at-place.js';
import type { ConcernCase } from '../shapes.js';
import { keptBecause, ownInterests } from '../words.js';
import { type Act, choices, errorsOf, filled, read, several, text } from './act.js';

const shape = z.object({ staff: several, why: text, reason: text, others: text });

/** The other concerns of the person, as far as this page knows them, that are open to somebody from whom this one is or will be kept. */
export const othersOpenTo = ({ aboutThem }: ConcernCase, staff: readonly string[]) => aboutThem.filter((one) => staff.some((id) => !one.keptFrom.includes(id)));

/** To keep those too, in one go. */
function othersField(concern: ConcernCase, chosen: string) {
  const items = concern.aboutThem.map(linkTo);
  return items.length > 0 && { links: items, choice: choices({ yes: items.length === 1 ? 'Also the other concern of this person' : `Also the ${items.length} other concerns of this person` }, chosen) };
}

/** Ids may be typed, where nobody can say who works here. */
const idsIn = (typed: readonly string[]): string[] => typed.flatMap((id) => id.split(/[\s,]+/)).filter(Boolean);

/** By what somebody comes to see a concern. */
const SEEING: readonly Action[] = ['concern.read_case', 'concern.read_story', 'concern.review_retention'];

/** Not there for some of the staff, whoever it is open to. */
export const keepFrom: Act = {
  name: 'keep-from',
  command: 'KeepConcernFrom',
  needs: 'concern.keep_from',
  link: 'Keep this from somebody',
  title: 'Keep this concern from somebody',
  button: 'Keep it from them',
  done: 'They do not find this concern any more, and are given it no more.',
  tells: ['ConcernKeptFrom'],
  fields: { 'concern/not-staff-here': 'staff', 'concern/nobody-left': 'staff', 'concern/reason-required': 'reason' },
  template: 'concern/keep-from.njk',
  also(concern, body) {
    const { staff, others } = read(shape, body);
    return others === 'yes' ? othersOpenTo(concern, idsIn(staff)) : [];
  },
  form(concern, body, { colleagues = [] } = {}) {
    const { keptFrom } = concern;
    const { staff: typed, why, reason, others: too } = read(shape, body);
    const staff = idsIn(typed);
    const isKept = (id: string): boolean => keptFrom.some((one) => one.id === id);
    const others = colleagues.filter(({ id, roles, isActive }) => id !== visitor()?.id && (staff.includes(id) || (isActive && !isKept(id) && SEEING.some((action) => mayOneOf(roles, action))))).toSorted((one, another) => one.name.localeCompare(another.name));
    return {
      errors: errorsOf([
        staff.length === 0 && { text: 'Say from whom it is to be kept', href: '#staff' },
        !(why in keptBecause) && { text: 'Say why it is kept from them', href: '#why' },
        why === 'other' && reason === '' && { text: 'Say in your words why it is kept from them', href: '#reason' },
      ]),
      path: 'kept-from',
      payload: { staff, why, ...filled({ reason }) },
      fields: { staff: staff.join(' '), reason, alike: othersField(concern, too), whys: choices(keptBecause, why), items: others.length > 0 && others.map(({ id, name }) => ({ value: id, text: name, checked: staff.includes(id) })) },
    };
  },
};

const interestShape = shape.omit({ staff: true });

/** Whoever is signed in must not see it. */
export const interest: Act = {
  name: 'interest',
  command: 'KeepConcernFrom',
  needs: 'concern.declare_interest',
  link: 'I must not work on this',
  title: 'Say that you must not work on this concern',
  button: 'Keep it from me',
  done: '',
  leadsAway: true,
  tells: ['ConcernKeptFrom'],
  fields: { 'concern/reason-required': 'reason' },
  template: 'concern/interest.njk',
  also: (concern, body) => (read(interestShape, body).others === 'yes' ? concern.aboutThem : []),
  form(concern, body) {
    const { why, reason, others } = read(interestShape, body);
    return {
      errors: errorsOf([!(why in ownInterests) && { text: 'Say why you must not work on it', href: '#why' }, why === 'other' && reason === '' && { text: 'Say in your words why you must not work on it', href: '#reason' }]),
      path: 'interest',
      payload: { why, ...filled({ reason }) },
      fields: { reason, alike: othersField(concern, others), whys: choices(ownInterests, why) },
    };
  },
};

const noMoreShape = shape.omit({ why: true, others: true });

/** There again for some of those from whom it is kept. */
export const keepNoMore: Act = {
  name: 'keep-no-more',
  command: 'KeepNoMore',
  needs: 'concern.keep_no_more',
  link: 'Keep it from somebody no more',
  title: 'Keep this concern from somebody no more',
  button: 'Keep it from them no more',
  done: 'They can find this concern again, where their role reads concerns and it is not restricted to others.',
  tells: ['KeptNoMore'],
  template: 'concern/keep-no-more.njk',
  form({ keptFrom }, body, { colleagues = [] } = {}) {
    const { staff, reason } = read(noMoreShape, body);
    const nameOf = (id: string): string => colleagues.find((one) => one.id === id)?.name ?? id;
    return {
      errors: errorsOf([staff.length === 0 && { text: 'Say from whom it need not be kept any more', href: '#staff' }, reason === '' && { text: 'Say why it need not be kept from them any more', href: '#reason' }]),
      path: 'kept-from/lift',
      payload: { staff, reason },
      fields: { reason, items: keptFrom.map(({ id }) => ({ value: id, text: nameOf(id), checked: staff.includes(id) })) },
    };
  },
};
