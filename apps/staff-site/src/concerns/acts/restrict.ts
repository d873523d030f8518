import { z } from 'zod';
import { visitor } from '#libs/pages';
import { mayOneOf } from '../../may.js';
import { restrictedBecause } from '../words.js';
import { type Act, choices, errorsOf, filled, read, several, text } from './act.js';

const shape = z.object({ names: several, why: text, reason: text });
const { same_person: _inherited, ...whys } = restrictedBecause;

/** Open to some of the staff alone, or to others than now. */
export const restrict: Act = {
  name: 'restrict',
  command: 'RestrictConcern',
  needs: 'concern.restrict',
  link: 'Say who may see it',
  title: 'Say who may see this concern',
  button: 'Restrict it to them',
  done: 'It is open to you and to those you named, and to nobody else.',
  tells: ['ConcernRestricted'],
  fields: { 'concern/not-staff-here': 'names', 'concern/reason-required': 'reason' },
  template: 'concern/restrict.njk',
  form({ restriction }, body, { colleagues = [] } = {}) {
    const before = { names: restriction?.names ?? [], why: restriction?.why ?? '' };
    const { names: typed, why, reason } = body === undefined ? { ...before, reason: '' } : read(shape, body);
    // Ids may be typed, where nobody can say who works here.
    const names = typed.flatMap((name) => name.split(/[\s,]+/)).filter(Boolean);
    const others = colleagues.filter(({ id, roles, isActive }) => id !== visitor()?.id && (names.includes(id) || (isActive && mayOneOf(roles, 'concern.read_case')))).toSorted((one, another) => one.name.localeCompare(another.name));
    return {
      errors: errorsOf([!(why in whys) && { text: 'Say why it is restricted', href: '#why' }, why === 'other' && reason === '' && { text: 'Say in your words why it is restricted', href: '#reason' }]),
      path: 'restriction',
      payload: { names, why, ...filled({ reason }) },
      fields: { names: names.join(' '), reason, whys: choices(whys, why), items: others.length > 0 && others.map(({ id, name }) => ({ value: id, text: name, checked: names.includes(id) })) },
    };
  },
};

const lifting = z.object({ reason: text });

/** Open again to everybody whose right it is. */
export const lift: Act = {
  name: 'lift-restriction',
  command: 'LiftRestriction',
  needs: 'concern.restrict',
  link: 'Restrict it no more',
  title: 'Restrict this concern no more',
  button: 'Restrict it no more',
  done: 'It is open again to everybody whose right it is.',
  tells: ['RestrictionLifted'],
  template: 'concern/lift.njk',
  form(_concern, body) {
    const { reason } = read(lifting, body);
    return { errors: errorsOf([reason === '' && { text: 'Say why it need not be restricted any more', href: '#reason' }]), path: 'restriction/lift', payload: { reason }, fields: { reason } };
  },
};
