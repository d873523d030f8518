import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import type { FormError } from '#libs/pages';
import { REFERRER_TYPES, referrerInWords, sentence } from '../../words.js';
import type { ConcernCase } from '../shapes.js';
import { type Act, choices, errorsOf, type Form, read, several, text } from './act.js';

const shape = z.object({ value: several, day: text, time: text, kind: several, source: several, place: several, reason: text });
type Typed = z.infer<typeof shape>;

const notKnown = 'not_known';
const zone = 'Europe/London';

/** One thing that a concern says: how it is asked for, and what is sent. */
interface Asked {
  fields: object;
  errors: FormError[];
  value: unknown;
}
type Ask = (concern: ConcernCase, typed: Typed | undefined) => Asked;

/** One of some codes, or that it is not known. */
const oneOf = (current: (concern: ConcernCase) => string | null, words: Record<string, string>): Ask => (concern, typed) => {
  const [chosen = ''] = typed ? typed.value : [current(concern) ?? notKnown];
  const all = { ...words, [notKnown]: 'Not known' };
  return {
    fields: { radios: choices(all, chosen) },
    errors: errorsOf([!(chosen in all) && { text: 'Choose what is right', href: '#value' }]),
    value: chosen === notKnown ? null : chosen,
  };
};

const someOf = (current: (concern: ConcernCase) => string[], words: Record<string, string>): Ask => (concern, typed) => {
  const chosen = (typed?.value ?? current(concern)).filter((code) => code in words);
  return { fields: { checkboxes: choices(words, ...chosen) }, errors: [], value: chosen };
};

const MOST_ROWS = 9;

/** A row for each that is alleged besides, three at least, and one to add. */
const rowsOf: Ask = ({ otherAllegations }, typed) => {
  const [kinds, sources, places] = [inWords(codes.abuseType.options), inWords(codes.sourceOfRisk.options), inWords(codes.location.options)];
  const given = typed
    ? typed.kind.map((kind, at) => ({ kind, source: typed.source[at] ?? '', place: typed.place[at] ?? '' }))
    : otherAllegations.map(({ abuseType, sourceOfRisk, locationType }) => ({ kind: abuseType ?? '', source: sourceOfRisk ?? '', place: locationType ?? '' }));
  const empty = Math.max(3 - given.length, typed || given.length >= MOST_ROWS ? 0 : 1);
  const rows = [...given, ...Array.from({ length: empty }, () => ({ kind: '', source: '', place: '' }))];
  return {
    fields: { rows: rows.map(({ kind, source, place }) => ({ kinds: options(kinds, kind), sources: options(sources, source), places: options(places, place) })) },
    errors: errorsOf(given.map(({ kind }, at) => kind !== '' && !(kind in kinds) && { text: `Allegation ${at + 2}: choose a kind from the list, or leave it as not known`, href: `#kind-${at + 1}` })),
    value: given.filter(({ kind, source, place }) => kind + source + place !== '').map(({ kind, source, place }) => ({ abuseType: kind || null, sourceOfRisk: source || null, locationType: place || null })),
  };
};

const options = (words: Record<string, string>, chosen: string, none = 'Not known') => Object.entries({ '': none, ...words }).map(([value, shown]) => ({ value, text: shown, selected: value === chosen }));

/** A moment as London reads it; one that is not touched keeps its seconds. */
const moment = (current: (concern: ConcernCase) => string): Ask => (concern, typed) => {
  const before = Temporal.Instant.from(current(concern)).toZonedDateTimeISO(zone);
  const [day, time] = [before.toPlainDate().toString(), before.toPlainTime().toString({ smallestUnit: 'minute' })];
  const shown = typed ?? { day, time };
  const value = shown.day === day && shown.time === time ? current(concern) : instantOf(shown);
  return { fields: { moment: shown }, errors: errorsOf([value === undefined && { text: 'Give a day and a time, such as 31 July 2025 and 14:30', href: '#day' }]), value };
};

function instantOf({ day, time }: { day: string; time: string }): string | undefined {
  try {
    return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant().toString();
  } catch {
    return undefined;
  }
}

/** Puts one thing right that a concern says, with a reason; offered beside it. */
function correcting(name: string, field: string, { label, ask }: { label: string; ask: Ask }): Act {
  return {
    name: `correct-${name}`,
    command: 'CorrectConcern',
    needs: 'concern.correct',
    link: 'Change',
    title: label,
    button: 'Put it right',
    done: 'It is put right. What was recorded before stays in the story.',
    tells: ['ConcernCorrected'],
    fields: { 'concern/received-in-the-future': 'day', 'concern/decided-before-received': 'day' },
    template: 'concern/correct.njk',
    writesOver: ({ correction }) => correction?.field === field,
    isBeside: true,
    form(concern, body): Form {
      const typed = body === undefined ? undefined : read(shape, body);
      const { fields, errors, value } = ask(concern, typed);
      const reason = typed?.reason ?? '';
      return {
        errors: [...errors, ...errorsOf([reason === '' && { text: 'Say why this needs putting right', href: '#reason' }])],
        path: 'correct',
        payload: { field, value, reason },
        fields: { label, ...fields, reason },
      };
    },
  };
}

const inWords = (options: readonly string[], words = sentence): Record<string, string> => Object.fromEntries(options.map((code) => [code, words(code)]));

/** The things that can be put right, each by a form of its own. What was decided is not among them: it is decided again. */
export const corrections = {
  receivedAt: correcting('received', 'receivedAt', { label: 'When did it come in?', ask: moment(({ receivedAt }) => receivedAt) }),
  channel: correcting('channel', 'channel', { label: 'How did it come in?', ask: oneOf(({ channel }) => channel, inWords(codes.channel.options)) }),
  referrerType: correcting('referrer', 'referrerType', { label: 'Who raised it?', ask: oneOf(({ referrerType }) => referrerType, inWords(REFERRER_TYPES, referrerInWords)) }),
  abuseTypes: correcting('abuse', 'abuseTypes', { label: 'Which kinds of abuse?', ask: someOf(({ abuseTypes }) => abuseTypes, inWords(codes.abuseType.options)) }),
  locationType: correcting('location', 'locationType', { label: 'Where did it happen?', ask: oneOf(({ locationType }) => locationType, inWords(codes.location.options)) }),
  sourceOfRisk: correcting('source', 'sourceOfRisk', { label: 'Who may be causing harm?', ask: oneOf(({ sourceOfRisk }) => sourceOfRisk, inWords(codes.sourceOfRisk.options)) }),
  otherAllegations: correcting('allegations', 'otherAllegations', { label: 'What else is alleged?', ask: rowsOf }),
} as const;
