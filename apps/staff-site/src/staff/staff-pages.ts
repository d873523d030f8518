import { z } from 'zod';
import { count, type FormError, timeInWords, visitor } from '#libs/pages';
import { roles } from '#libs/access';
import { errorsOf, text } from '../concerns/acts/act.js';
import { paths } from '../paths.js';
import { asShown, type FormShown } from '../sent-form.js';
import { sentence } from '../words.js';
import type { Act, Member } from './staff.js';

export const shape = z.object({ reason: text });
export type Typed = z.infer<typeof shape>;

const acts: Record<Act, { command: string; title: string; button: string; said: string; label: string; missing: string; done: string }> = {
  'end-sessions': {
    command: 'EndSessions',
    title: 'End their sessions',
    button: 'End their sessions',
    said: 'For a lost laptop, or where somebody else may know how they sign in. Whoever is signed in as them, on this site and on the one for partners, can do nothing more until they sign in again. They may work as before.',
    label: 'Why they have to sign in again',
    missing: 'Say why they have to sign in again',
    done: 'Their sessions are ended: whoever was signed in as them has to sign in again.',
  },
  disable: {
    command: 'DisableStaffMember',
    title: 'Disable them',
    button: 'Disable them',
    said: 'For somebody who works here no more. They can do nothing more at once, and nobody acts for them.',
    label: 'Why they may not work here any more',
    missing: 'Say why they may not work here any more',
    done: 'They are disabled.',
  },
  enable: {
    command: 'EnableStaffMember',
    title: 'Enable them',
    button: 'Enable them',
    said: 'They may work again, in the roles that they had.',
    label: 'Why they may work here again',
    missing: 'Say why they may work here again',
    done: 'They are enabled.',
  },
};

export const commandOf = (act: Act): string => acts[act].command;
export const errorsIn = (act: Act, { reason }: Typed): FormError[] => errorsOf([reason === '' && { text: acts[act].missing, href: '#reason' }]);

const happened: Record<string, string> = {
  RoleGiven: 'a role was given',
  RoleTaken: 'a role was taken away',
  SessionsEnded: 'their sessions were ended',
  StaffMemberDisabled: 'they were disabled',
  StaffMemberEnabled: 'they were enabled',
};

const nameOf = ({ name, actsAs }: Member): string => name ?? actsAs;
const rolesOf = ({ roles: held }: Member): string => (held.length === 0 ? 'No role' : sentence(held.map(({ role }) => roles[role as keyof typeof roles] ?? role).join(', ')));
const standingOf = ({ status }: Member): string => (status === 'disabled' ? 'Disabled' : '');

export function listPage(all: readonly Member[]) {
  return {
    title: 'Colleagues',
    here: paths.staff(),
    summary: `${count(all.length, 'person', 'people')} ${all.length === 1 ? 'is' : 'are'} registered.`,
    people: all.map((one) => ({ text: nameOf(one), href: paths.staffMember(one.id), roles: rolesOf(one), standing: standingOf(one) })),
  };
}

/** Somebody who works here, and what can be done about their sessions. Nobody decides on themselves. */
export function memberPage(one: Member, done: string) {
  const isOwn = visitor()?.id === one.actsAs;
  return {
    title: nameOf(one),
    caption: [rolesOf(one), standingOf(one)].filter(Boolean).join(' · '),
    here: paths.staff(),
    backHref: paths.staff(),
    done: saysSo(done, one) ? acts[done].done : undefined,
    id: one.actsAs,
    ended: one.sessionsEndedAt ? timeInWords(one.sessionsEndedAt) : undefined,
    own: isOwn ? paths.sessions() : undefined,
    acts: isOwn ? [] : (Object.keys(acts) as Act[]).filter((act) => one.permitted.includes(acts[act].command)).map((act) => ({ text: acts[act].title, href: paths.staffAct(one.id, act) })),
  };
}

/** An address alone claims nothing that did not happen. */
const saysSo = (done: string, { status, sessionsEndedAt }: Member): done is Act =>
  (done === 'end-sessions' && Boolean(sessionsEndedAt)) || (done === 'disable' && status === 'disabled') || (done === 'enable' && status === 'active');

interface Shown extends FormShown<Typed> {
  act: Act;
}

/** The form that asks for the reason. */
export function actPage(one: Member, { act, typed, ...form }: Shown) {
  const { title, button, said, label } = acts[act];
  return {
    title,
    button,
    record: 'record',
    backTo: 'record',
    here: paths.staff(),
    backHref: paths.staffMember(one.id),
    action: paths.staffAct(one.id, act),
    caption: nameOf(one),
    fields: { ...typed, said, label },
    ...asShown(form, happened),
  };
}
