import { z } from 'zod';
import type { Place } from '../../places.js';
import { sentence } from '../../words.js';
import { type Act, choices, errorsOf, filled, read, text } from './act.js';

const shape = z.object({ called: text, place: text, reason: text, do: text });
/** No id is so. */
const none = '-';
/** So many are shown at once. */
const most = 20;

/** At which place of the directory it happened: looked for by its name, and then chosen. */
export const place: Act = {
  name: 'place',
  command: 'NamePlace',
  needs: 'concern.correct',
  link: 'Say at which place',
  title: 'At which place did it happen?',
  button: 'Record',
  done: 'It is recorded. Under “At this place” you see what else came from there.',
  tells: ['PlaceNamed'],
  fields: { 'concern/no-such-place': 'called', 'concern/reason-required': 'reason' },
  template: 'concern/place.njk',
  isBeside: true,
  choosesPlace: true,
  form({ placeId }, body, { places } = {}) {
    const { called, place: chosen, reason, do: doing } = read(shape, body ?? { place: placeId });
    const found = places && placesCalled(places, called);
    const taken = placeId === null ? {} : { [none]: 'None: take it back' };
    return {
      isFinding: doing === 'find',
      errors: errorsOf([chosen === '' && { text: 'Find the place and choose it', href: '#called' }, placeId !== null && reason === '' && { text: 'Say why the place needs putting right', href: '#reason' }]),
      path: 'place',
      payload: { placeId: chosen === none ? null : chosen, ...filled({ reason }) },
      fields: { called, reason, isNamed: placeId !== null, told: foundInWords(found?.length, called), items: choices({ ...Object.fromEntries((found ?? []).slice(0, most).map(choiceOf)), ...taken }, chosen) },
    };
  },
};

/** Those in whose name, kind or location id every word is found; of many without a word, none. */
function placesCalled(places: readonly Place[], called: string): Place[] {
  const words = called.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && places.length > most) return [];
  const said = ({ name, setting, cqcLocationId }: Place): string => [name, sentence(setting), cqcLocationId].join(' ').toLowerCase();
  return places.filter((one) => words.every((word) => said(one).includes(word))).toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? ''));
}

const choiceOf = ({ id, name, setting, cqcLocationId, status }: Place) =>
  [id, { text: name ?? id, hint: [sentence(setting), cqcLocationId, status === 'closed' && 'closed'].filter(Boolean).join(', ') }] as const;

function foundInWords(found: number | undefined, called: string): string | undefined {
  if (found === undefined) return 'The places cannot be had just now. Try again in a moment.';
  if (found > most) return `${found} places are found. These are the first ${most}: type more of the name to find others.`;
  return found === 0 && called !== '' ? 'No place of the directory is found by that. Whoever keeps the directory can register it.' : undefined;
}
