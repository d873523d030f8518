import { count, dayOf, pagination } from '#libs/pages';
import { paths } from '../paths.js';
import { type LetterList, type OpenedLetter, type Service, SERVICES } from './shapes.js';
import type { Away } from '../unless-away.js';

export interface ListChoice {
  service: Service;
  page: number;
  /** A message has just been sent again and taken. */
  taken: boolean;
}

/** The messages that one service could not handle. */
export function listPage({ service, page, taken }: ListChoice, list: LetterList) {
  const pages = Math.max(1, Math.ceil(list.total / list.pageSize));
  return {
    title: 'Messages set aside',
    here: paths.messages(),
    service,
    taken,
    tabs: SERVICES.map((name) => ({ text: name, href: paths.messages({ service: name }), current: name === service })),
    summary: list.total === 0 ? `No message waits with ${service}.` : `${count(list.total, 'message')} could not be handled by ${service}. What ${list.total === 1 ? 'it tells' : 'they tell'} is missing there.`,
    rows: list.items.map(({ id, type, errorClass, attempts, setAsideAt }) => ({
      type,
      href: paths.message(service, id),
      errorClass,
      attempts: String(attempts),
      since: dayOf(setAsideAt),
    })),
    pages: pagination(page, pages, (number) => paths.messages({ service, page: String(number) })),
  };
}

export interface ResendForm {
  key: string;
  csrf: string;
  reason: string;
  /** What keeps it from being sent, or what came of it. */
  error?: string;
  away?: Away;
  isSentBefore?: true;
}

/** One message with what it says, and the form that sends it again. */
export function messagePage(service: Service, letter: OpenedLetter, form: ResendForm) {
  return {
    title: 'A message that was set aside',
    here: paths.messages(),
    backHref: paths.messages({ service }),
    action: paths.message(service, letter.id),
    form,
    away: form.away,
    isSentBefore: form.isSentBefore,
    unsentTitle: 'It was not sent again',
    unclearTitle: 'It is not known whether it was sent again',
    leavesList: true,
    errors: form.error ? [{ text: form.error, href: '#reason' }] : [],
    facts: [
      ['With', service],
      ['What', letter.type],
      ['Id', letter.id],
      ['What failed', letter.errorClass],
      ['Tries', String(letter.attempts)],
      ['Set aside on', dayOf(letter.setAsideAt)],
    ].map(([key, value]) => ({ key: { text: key }, value: { text: value } })),
    contract: letter.contract && JSON.stringify(letter.contract, null, 2),
    whyNoContract: letter.foundIn ? 'It cannot be read by this version of the service.' : 'Nobody has it any more.',
  };
}
