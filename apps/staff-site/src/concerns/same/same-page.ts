import { z } from 'zod';
import { londonDay } from '#libs/calendar';
import { count, dayInWords, type FormError, listInWords, messagesByField } from '#libs/pages';
import type { Called } from '../../colleagues.js';
import { may } from '../../may.js';
import { paths } from '../../paths.js';
import { errorsOf } from '../acts/act.js';
import type { ConcernCase } from '../shapes.js';
import { type AboutPeople, MOST_OF_ONE } from '../about-people.js';
import { changesInWords } from '../timeline.js';
import { marked, whenAndWho } from './found.js';
import { type Likeness, type Other, type Side, verdicts } from './same-person.js';
import type { Away } from '../../unless-away.js';

export interface Typed {
  verdict: string;
  other: string;
  reason: string;
}

interface Shown {
  typed: Typed;
  key: string;
  seen: number;
  csrf: string;
  errors: FormError[];
  called: Called;
  /** The concerns of each as triage tells them. */
  concerns: AboutPeople | undefined;
  changes?: Parameters<typeof changesInWords>[0];
  away?: Away;
  isSentBefore?: true;
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success;
const lastFound = ({ found }: Other): Other['found'][number] | undefined => found.at(-1);

const isKeptApart = (one: Other): boolean => lastFound(one)?.verdict === 'kept_apart';

/** Of whom something can be found: whoever is suggested, and whoever was looked at before and is not one with them since. */
const choosable = ({ into, others }: Likeness): Other[] => (into === undefined ? others.filter((one) => one.likeness !== null || ![undefined, 'joined'].includes(lastFound(one)?.verdict)) : []);

/** What can be found of somebody: of whoever was kept apart first that it was wrong. */
const fittingOf = (one: Other | undefined): string[] => (one && isKeptApart(one) ? ['again'] : ['one', 'different']);

/** What keeps a form from being sent. Of one that was opened on what is not so any more the service says what changed, or that it has it already. */
export function errorsIn({ verdict, other, reason }: Typed, likeness: Likeness, seen: number): FormError[] {
  const { into, sequence } = likeness;
  const isStale = seen !== sequence;
  const open = into === undefined ? choosable(likeness).map(({ personId }) => personId) : [into];
  const chosen = choosable(likeness).find(({ personId }) => personId === other);
  const fitting = isStale ? verdicts : into === undefined ? fittingOf(chosen) : ['two'];
  const isWrongOne = chosen !== undefined && !fitting.includes(verdict) && verdict !== '' && !isStale;
  return errorsOf([
    !(isStale ? isId(other) : open.includes(other)) && { text: 'Choose whom you looked at', href: '#other' },
    !fitting.includes(verdict) && { text: isWrongOne ? wrongOne(chosen) : 'Say what you found', href: '#verdict' },
    reason === '' && { text: 'Say how you know', href: '#reason' },
  ]);
}

const wrongOne = (chosen: Other): string => (isKeptApart(chosen) ? 'Somebody found that these two are different people. Undo that first, if it was wrong' : 'Nobody has kept these two apart. Say whether they are one person');

const nameOf = ({ identity }: Side): string => [identity?.givenName, identity?.familyName].filter(Boolean).join(' ') || 'Name not known';
const reasonsOf = ({ likeness }: Other): string => likeness?.reasons.map(({ words }) => words).join('; ') ?? '';

/** What each is called here: of those of one name, by their number. */
function namesOf(others: readonly Other[]): ReadonlyMap<Other, string> {
  const byName = Map.groupBy(others, nameOf);
  return new Map(others.map((one) => {
    const namesakes = byName.get(nameOf(one))!;
    return [one, namesakes.length > 1 ? `${nameOf(one)} (${namesakes.indexOf(one) + 1} of ${namesakes.length})` : nameOf(one)];
  }));
}

/** Who else the person of a concern may be, each beside them, and the form that says so. */
export function samePage({ id, reference }: ConcernCase, likeness: Likeness, { typed, errors, called, concerns, changes, ...form }: Shown) {
  const { into, person, others } = likeness;
  const item = (value: string, text: string, chosen: string) => ({ value, text, checked: value === chosen });
  const joined = into === undefined ? undefined : others.find(({ personId }) => personId === into);
  const open = choosable(likeness);
  const names = namesOf(others);
  const mayFind = may('person.join') && (into !== undefined || open.length > 0);
  return {
    title: 'Is it the same person?',
    here: paths.queues(),
    backHref: paths.concern(id),
    action: paths.concernAct(id, 'same'),
    caption: `${reference}, ${nameOf(joined ?? person)}`,
    button: 'Record',
    noButton: !mayFind,
    mayFind,
    // What came meanwhile may have left nobody to find anything of: what was typed can be read.
    isPast: (changes !== undefined || form.isSentBefore === true) && !mayFind,
    isForOthers: !mayFind && (into !== undefined || open.length > 0),
    into,
    joined: joined ? nameOf(joined) : 'somebody who is not open to you',
    compared: others.map((one) => ({ name: names.get(one)!, why: reasonsOf(one), rows: rowsOf({ person, other: one, concerns }, id), found: one.found.toReversed().map((finding) => ({ what: marked[finding.verdict](finding.at), when: whenAndWho(finding, called), reason: finding.reason })) })),
    notListed: notListed(concerns),
    noConcern: concerns ? 'None' : 'None that came in here',
    others: open.map((one) => {
      const last = lastFound(one);
      return { ...item(one.personId, names.get(one)!, typed.other), hint: { text: [last && marked[last.verdict](last.at), reasonsOf(one)].filter(Boolean).join('; ') } };
    }),
    verdicts:
      into === undefined
        ? [
            ...(open.every(isKeptApart) ? [] : [item('one', 'They are one person', typed.verdict), item('different', 'They are different people, and are not suggested again', typed.verdict)]),
            ...(open.some(isKeptApart) ? [item('again', 'They may be one person after all: it was wrong to keep them apart', typed.verdict)] : []),
          ]
        : [item('two', 'They are two people after all', typed.verdict)],
    reason: typed.reason,
    errors,
    messages: messagesByField(errors),
    changes: changes && changesInWords(changes, called),
    ...form,
  };
}

/** What is compared, the person of the concern first. */
function rowsOf({ person, other, concerns }: { person: Side; other: Side; concerns: AboutPeople | undefined }, concernId: string) {
  const both = (label: string, of: (side: Side) => string | null | undefined) => ({ label, person: of(person) || 'Not known', other: of(other) || 'Not known' });
  return {
    facts: [
      both('Name', nameOf),
      both('Date of birth', ({ identity }) => (identity?.birthDate ? dayInWords(identity.birthDate) : identity?.birthDateAsWritten)),
      both('Address', ({ identity }) => [identity?.address, identity?.postcode].filter(Boolean).join(', ')),
      both('NHS number', ({ identity }) => identity?.nhsNumber ?? identity?.nhsNumberAsWritten),
    ],
    concerns: { person: recordsOf(person, concerns, concernId), other: recordsOf(other, concerns, concernId) },
  };
}

/** Which records name somebody, the latest first: those that people knows, and the concerns that triage tells besides. */
function recordsOf({ personId, records }: Side, told: AboutPeople | undefined, concernId: string) {
  const requests = records.filter(({ recordKind }) => recordKind !== 'concern').length;
  const concerns = new Map([
    ...(told ?? []).filter((one) => one.personId === personId).map(({ id, receivedAt }) => [id, londonDay(receivedAt)] as const),
    ...records.filter(({ recordKind }) => recordKind === 'concern').map(({ recordId, receivedOn }) => [recordId, receivedOn] as const),
  ]);
  const latestFirst = [...concerns].toSorted(([, one], [, other]) => other.localeCompare(one));
  return {
    links: latestFirst.map(([id, on]) => (id === concernId ? { text: `This one, ${dayInWords(on)}` } : { text: `Concern of ${dayInWords(on)}`, href: paths.concern(id) })),
    more: listInWords([requests > 0 && count(requests, 'DoLS request')].filter((one) => one !== false)),
  };
}

/** What an import brought and does not stand there. */
function notListed(concerns: AboutPeople | undefined): string {
  if (!concerns) return 'Concerns and DoLS requests that an import brought are not listed here.';
  const isCut = [...Map.groupBy(concerns, ({ personId }) => personId).values()].some(({ length }) => length >= MOST_OF_ONE);
  return [isCut && `Of whoever has ${MOST_OF_ONE} concerns or more, older ones that an import brought are not listed.`, 'DoLS requests that an import brought are not counted here.'].filter(Boolean).join(' ');
}
