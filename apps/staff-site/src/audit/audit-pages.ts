import { codeInWords, count, dayInWords, timeInWords } from '#libs/pages';
import type { Called, Colleague } from '../colleagues.js';
import { paths } from '../paths.js';
import { type Choice, queryOf } from './choice.js';
import { type OddReadings, type Place, PLACES, type Readings } from './shapes.js';

const placesOf = (current: Place, href: (place: Place) => string) =>
  Object.entries(PLACES).map(([place, text]) => ({ text, href: href(place as Place), current: place === current }));

const daysOf = ({ from, to }: Choice): string => (from === to ? `on ${dayInWords(from)}` : `from ${dayInWords(from)} to ${dayInWords(to)}`);

/** What both pages show around what was found. */
function frameOf(choice: Choice, href: (choice: Choice) => string) {
  const { place, who, record, from, to } = choice;
  return {
    here: paths.audit(),
    tabs: placesOf(place, (other) => href({ ...choice, place: other, record: '', after: undefined })),
    place, who, record, from, to,
    listHref: paths.audit(queryOf(choice)),
    oddHref: paths.auditOdd(queryOf({ ...choice, after: undefined })),
    csvHref: paths.auditCsv(queryOf({ ...choice, after: undefined })),
  };
}

/** What was read; of a record that was restricted, and of whoever opened it without being named, in words that need no other page. */
const whatInWords = (what: string): string =>
  what === 'broken glass' ? 'who opened restricted records without being named (broken glass)' : codeInWords(what).replace(/ by a broken glass$/, ', restricted, opened without being named (broken glass)');

/** Who read what: one row a page that somebody was shown. */
export function auditPage(choice: Choice, { items, next }: Readings, { colleagues, called }: { colleagues: Colleague[]; called: Called }) {
  const whoItems = [{ value: '', text: 'Anybody' }, ...colleagues.map(({ id, name }) => ({ value: id, text: name }))];
  return {
    ...frameOf(choice, (other) => paths.audit(queryOf(other))),
    title: 'Who read what',
    action: paths.audit(),
    whoItems: whoItems.map((item) => ({ ...item, selected: item.value === choice.who })),
    summary: choice.isNoRecord ? 'That is not the id of a record, so nothing was narrowed. The id stands at the end of the address of its page, and in this list.' : items.length === 0 ? `Nothing that fits was read ${daysOf(choice)}.` : `What was read ${daysOf(choice)}, the latest first.`,
    rows: items.map(({ at, who, what, why, records }) => ({
      when: timeInWords(at),
      who: called(who),
      what: whatInWords(what),
      why: why ?? 'no reason given',
      count: records.length === 1 ? '' : count(records.length, 'record'),
      records: records.slice(0, 3).map((id) => ({ text: called(id), href: paths.audit(queryOf({ ...choice, who: '', record: id, after: undefined })) })),
      more: records.length > 3,
    })),
    olderHref: next === null ? undefined : paths.audit(queryOf({ ...choice, after: next })),
    isLater: choice.after !== undefined,
  };
}

/** Readings to ask about. */
export function oddPage(choice: Choice, { moreThan, manyInAnHour, withoutActing, manySearches, ownSurname, ownPostcode }: OddReadings, called: Called) {
  const readerOf = (who: string) => ({ who: called(who), href: paths.audit(queryOf({ ...choice, who, record: '', after: undefined })) });
  return {
    ...frameOf(choice, (other) => paths.auditOdd(queryOf(other))),
    title: 'Readings to ask about',
    action: paths.auditOdd(),
    days: daysOf(choice),
    moreThan,
    many: manyInAnHour.map(({ who, hour, records }) => ({ ...readerOf(who), hour: timeInWords(hour), records: count(records, 'record') })),
    isOfPeople: choice.place === 'people',
    searches: manySearches.map(({ who, hour, searches }) => ({ ...readerOf(who), hour: timeInWords(hour), records: count(searches, 'search', 'searches') })),
    own: ownSurname.map(({ who, searches, last }) => ({ ...readerOf(who), records: count(searches, 'search', 'searches'), last: timeInWords(last) })),
    near: ownPostcode.map(({ who, readings, last }) => ({ ...readerOf(who), records: count(readings, 'time'), last: timeInWords(last) })),
    without: withoutActing.map(({ who, records, last }) => ({ ...readerOf(who), records: count(records, 'record'), last: timeInWords(last) })),
  };
}

/** The same as a file for a spreadsheet: every reading, and every record that it showed. */
export const csvOf = (items: Readings['items'], called: Called) => ({
  header: ['when', 'who', 'name', 'what', 'why', 'records'],
  rows: items.map(({ at, who, what, why, records }) => [at, who, called(who), what, why, records.join(' ')]),
});
