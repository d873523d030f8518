import { count, dayInWords, timeInWords, whole } from '#libs/pages';
import type { Called } from '../colleagues.js';
import type { HeldEntry } from './subject-access.js';

export interface Pack {
  madeAt: string;
  madeBy: string;
  why: string;
  entries: HeldEntry[];
}

/** What stands at the top of every pack, whatever is in it. What is left out is said always: that it is said tells nothing. */
export const preface: { heading: string; says: string }[] = [
  {
    heading: 'Nothing has been taken out yet',
    says: 'This is what the council holds here, for the council to look through before anything is sent (UK GDPR, article 15). What is exempt, and what other people’s interests ask for, is for the council’s information governance to say.',
  },
  {
    heading: 'Other people',
    says: 'Entries that may be about or from somebody else say so and why. A program flags them by where they stand and reads none of them: a name can stand in an entry without a flag, and an entry with one can be the person’s own. Look at each (Data Protection Act 2018, schedule 2, part 3).',
  },
  {
    heading: 'Serious harm',
    says: 'No program can tell what could cause serious harm to the person or to anybody else. Somebody who is competent to judge that reads all of it before it is sent (Data Protection Act 2018, schedule 3).',
  },
  {
    heading: 'What is not in it',
    says: 'Restricted records that are not open to whoever made this pack are not in it. This is said in every pack, whether there are such records or not. A manager to whom one is open can name on it whoever makes the pack, who then makes it again. Ask the managers before it is called whole.',
  },
  {
    heading: 'What else is not in it',
    says: 'What is in files that came with a concern (their names are here; whoever works on the concern can open them), who read the records, rows that an import set aside, the codes from which measures are counted, who else the person was thought to be, and what is kept of this person outside Caseward. Of a concern that was disposed of only that it named the person is left.',
  },
];

const placeOf = ([first]: HeldEntry[]): string => `${first!.record === 'person' ? 0 : 1} ${first!.when ?? ''}`;

/** Who somebody is comes first; then every record in the order in which it began. */
function recordsIn(entries: readonly HeldEntry[]): HeldEntry[][] {
  const records = [...Map.groupBy(entries, ({ service, record, recordId }) => `${service} ${record} ${recordId}`).values()];
  return records.map((some) => some.toSorted((one, other) => (one.when ?? '').localeCompare(other.when ?? ''))).toSorted((one, other) => placeOf(one).localeCompare(placeOf(other)));
}

const called: Record<string, string> = { person: 'Who they are', concern: 'Concern', enquiry: 'Enquiry', dols_request: 'Deprivation of Liberty Safeguards request' };

function headingOf({ service, record, reference }: HeldEntry): string {
  if (service === 'people' && record !== 'person') return `What a ${record === 'concern' ? 'concern' : 'Deprivation of Liberty Safeguards request'} said of who they are`;
  return [called[record] ?? record, reference].filter(Boolean).join(' ');
}

const whenInWords = (when: string | null): string => (when === null ? '' : when.includes('T') ? timeInWords(when) : dayInWords(when));

/** The pack as a document: every entry with its number, the flagged ones with why. */
export function packDocument({ madeAt, madeBy, why, entries }: Pack, staff: Called) {
  const numbered = new Map(recordsIn(entries).flat().map((entry, at) => [entry, at + 1]));
  const nameIn = ({ words, thirdParty }: HeldEntry): string => (thirdParty === null ? words : words.split(', ').map(staff).join(', '));
  return {
    title: 'Everything held about one person',
    made: `${timeInWords(madeAt)}, by ${madeBy}`,
    why,
    preface,
    total: `${count(entries.length, 'entry', 'entries')}, ${whole(entries.filter(({ thirdParty }) => thirdParty !== null).length)} of them flagged`,
    records: recordsIn(entries).map((some) => ({
      heading: headingOf(some[0]!),
      entries: some.map((entry) => ({ number: numbered.get(entry)!, when: whenInWords(entry.when), what: entry.what, words: nameIn(entry), flag: entry.thirdParty })),
    })),
  };
}

/** The same for a program, with what a reader has to know. */
export const packJson = (pack: Pack): string => JSON.stringify({ ...pack, preface }, null, 2);
