import { count, listInWords } from '#libs/pages';
import { paths } from '../paths.js';
import { sentence } from '../words.js';
import { linkTo } from './at-place.js';
import { besides, enquiryInWords, type Held, requestInWords } from './beside.js';
import type { Called } from '../colleagues.js';
import type { ConcernCase, PersonSeen } from './shapes.js';

/** What else there is of the same person: concerns by what became of them with the enquiries they led to, and DoLS requests by where they stand. */
export function elsewhere({ id, aboutThem, aboutThemInAll }: ConcernCase, { person, hasAlike, held, called }: { person: PersonSeen | undefined | 'away'; hasAlike: boolean; held: Held; called: Called }) {
  const ledTo = (concernId: string) => held.enquiries?.find((one) => one.concernId === concernId);
  const inLine = (one: ConcernCase['aboutThem'][number]) => {
    const enquiry = ledTo(one.id);
    return { ...linkTo(one), sub: enquiry && sentence(enquiryInWords(enquiry, called)) };
  };
  const listed = aboutThem.map(inLine);
  const own = ledTo(id);
  const dols = { requests: held.requests?.items.map(requestInWords) ?? [], olderRequests: held.requests && besides(held.requests) };
  const enquiry = own && `${sentence(enquiryInWords(own, called))}.`;
  if (person === 'away' || !person) return { summary: undefined, ofAlike: undefined, concerns: listed, enquiry, ...dols };
  const others = person.records.filter(({ recordId }) => recordId !== id);
  const concerns = others.filter(({ recordKind }) => recordKind === 'concern');
  const requests = held.requests?.total ?? others.length - concerns.length;
  const inAll = Math.max(aboutThemInAll, listed.length, concerns.length);
  const older = concerns.filter(({ recordId }) => !aboutThem.some((one) => one.id === recordId));
  return {
    summary: inAll + requests === 0 ? noOther(hasAlike) : `Also of this person: ${listInWords([inAll > 0 && count(inAll, 'concern'), requests > 0 && count(requests, 'DoLS request')].filter((one) => one !== false))}.`,
    ofAlike: hasAlike ? OF_ALIKE : undefined,
    concerns: [...listed, ...older.map(({ recordId }, at) => ({ text: `Older concern ${at + 1}`, href: paths.concern(recordId), sub: undefined }))],
    enquiry,
    ...dols,
  };
}

/** Nobody counts them here: to count is to read, and a reading of each would be recorded that nobody made. */
const OF_ALIKE = 'Concerns of whoever is likely the same person are not counted here until somebody finds whether they are one.';

/** Whoever is likely the same person may have some: those count once it is said that they are one. */
const noOther = (hasAlike: boolean): string => (hasAlike ? 'Nothing else is recorded under this name alone.' : 'No other concern of this person is known in this council.');

/** Whether somebody worried about the same person in the twelve months before. */
export function repeated({ aboutThem, receivedAt }: ConcernCase): string | undefined {
  const since = new Date(receivedAt);
  since.setUTCFullYear(since.getUTCFullYear() - 1);
  const before = aboutThem.filter((one) => one.receivedAt < receivedAt && one.receivedAt >= since.toISOString()).length;
  return before === 0 ? undefined : `Raised again: ${count(before, 'concern')} about the same person came in during the 12 months before.`;
}
