import { z } from 'zod';
import { count, type FormError, timeInWords } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { errorsOf, text } from '../concerns/acts/act.js';
import { may } from '../may.js';
import { paths } from '../paths.js';
import { asShown, type FormShown } from '../sent-form.js';
import { referrerInWords } from '../words.js';
import type { Act, Organisation, WithAccounts } from './organisations.js';

export const shape = z.object({ tid: text, oid: text, partner: text });
export type Typed = z.infer<typeof shape>;

const acts: Record<Act, { command: string; title: string; button: string; done: string; body(typed: Typed): object; errorsIn(typed: Typed): FormError[] }> = {
  link: {
    command: 'AddPartner',
    title: 'Link an account',
    button: 'Link it',
    done: 'The account is linked: what it raises from now on is this organisation’s.',
    body: ({ tid, oid }) => ({ account: { tid, oid } }),
    errorsIn: ({ tid, oid }) => errorsOf([!isId(tid) && { text: wrongId('tenant', tid), href: '#tid' }, !isId(oid) && { text: wrongId('account', oid), href: '#oid' }]),
  },
  'take-off': {
    command: 'RemovePartner',
    title: 'Take an account off',
    button: 'Take it off',
    done: 'The account is taken off: what it raises from now on is not this organisation’s. What it raised before stays as it is.',
    body: ({ partner }) => ({ partner }),
    // What somebody else did meanwhile is told by the service.
    errorsIn: ({ partner }) => errorsOf([partner === '' && { text: 'Choose which account to take off', href: '#partner' }]),
  },
};

export const actOf = (act: Act) => acts[act];

const isId = (typed: string): boolean => z.uuid().safeParse(typed.toLowerCase()).success;
const wrongId = (whose: string, typed: string): string => {
  if (typed === '') return `Type the id of the ${whose}`;
  return typed.includes('@') ? `This is an email address. Type the id of the ${whose}, such as 5f6f1d43-8c0a-4f7e-a6d5-1c1f4a7be0d2` : `Type the whole id of the ${whose}, such as 5f6f1d43-8c0a-4f7e-a6d5-1c1f4a7be0d2`;
};

/** Which field a rule is about. */
export const fieldsByCode = { 'organisation/partner-of-another': 'oid', 'organisation/closed': 'form' } as const;

const happened: Record<string, string> = {
  PartnerAdded: 'an account was linked',
  PartnerRemoved: 'an account was taken off',
  OrganisationCorrected: 'what is known of it was put right',
  OrganisationClosed: 'it was closed',
};

const nameOf = ({ name }: Organisation): string => name ?? 'Name not known';
const kindOf = ({ kind }: Organisation): string => referrerInWords(kind);
const since = ({ since, by }: WithAccounts['linked'][number], called: Called): string => `${timeInWords(since)}, ${called(by)}`;

export function listPage(all: readonly Organisation[]) {
  return {
    title: 'Partner organisations',
    here: paths.organisations(),
    summary: all.length === 0 ? 'No partner organisation is registered.' : `${count(all.length, 'organisation')} ${all.length === 1 ? 'is' : 'are'} registered.`,
    organisations: all.map((one) => ({ text: nameOf(one), href: paths.organisation(one.id), kind: kindOf(one) })),
  };
}

/** An organisation with the accounts that sign in for it. */
export function organisationPage(one: WithAccounts, { called, done }: { called: Called; done: string }) {
  const offered = (act: Act) => may('organisation.correct') && one.permitted.includes(acts[act].command) && { text: acts[act].title, href: paths.organisationAct(one.id, act) };
  return {
    title: nameOf(one),
    caption: one.status === 'open' ? kindOf(one) : `${kindOf(one)}, closed`,
    here: paths.organisations(),
    backHref: paths.organisations(),
    done: saysSo(done, one) ? acts[done].done : undefined,
    accounts: one.linked.map((account) => ({ id: account.id, since: since(account, called) })),
    acts: [offered('link'), offered('take-off')].filter((act) => act !== false),
  };
}

/** An address claims no link where there is none now; who took one off may have taken the last. */
const saysSo = (done: string, { linked }: WithAccounts): done is Act => done === 'take-off' || (done === 'link' && linked.length > 0);

interface Shown extends FormShown<Typed> {
  act: Act;
}

/** The form by which an account is linked or taken off. */
export function actPage(one: WithAccounts, { act, typed, ...form }: Shown) {
  const { title, button } = acts[act];
  return {
    title,
    button,
    isLinking: act === 'link',
    record: 'organisation',
    backTo: 'organisation',
    here: paths.organisations(),
    backHref: paths.organisation(one.id),
    action: paths.organisationAct(one.id, act),
    caption: nameOf(one),
    fields: { ...typed, accounts: one.linked.map((account) => ({ value: account.id, text: account.id, hint: { text: `Linked ${since(account, form.called)}` }, checked: account.id === typed.partner })) },
    ...asShown(form, happened),
  };
}
