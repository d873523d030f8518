import { isWho } from './flags.js';

/** One value within an event: what it says, or which text says it. */
export interface Leaf {
  path: readonly string[];
  said: string;
  textId: string | null;
}

/** What only programs need: ids, and how often something was told. */
const isForPrograms = (field: string, said: unknown): boolean => !isWho(field) && (field.endsWith('Sequence') || (typeof said === 'string' && uuid.test(said)));
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const code = /^[a-z\d]+(_[a-z\d]+)+$/;

/** Everything that an event or a form says, one value at a time. Nothing that is said is left out but what only programs need. */
export function leavesOf(told: unknown, path: readonly string[] = []): Leaf[] {
  if (told === null || told === undefined || told === '' || isForPrograms(path.at(-1) ?? '', told)) return [];
  if (isText(told)) return [{ path, said: '', textId: told.textId }];
  if (Array.isArray(told)) {
    const are = told.every((one) => typeof one !== 'object');
    return are && told.length > 0 ? [{ path, said: told.map(inWords).join(', '), textId: null }] : told.flatMap((one) => leavesOf(one, path));
  }
  if (typeof told === 'object') return Object.entries(told).flatMap(([name, part]) => leavesOf(part, [...path, name]));
  return [{ path, said: inWords(told), textId: null }];
}

function isText(told: unknown): told is { textId: string } {
  return typeof told === 'object' && told !== null && 'textId' in told && 'hmac' in told;
}

function inWords(said: unknown): string {
  if (typeof said === 'boolean') return said ? 'yes' : 'no';
  const words = String(said);
  return code.test(words) ? words.replaceAll('_', ' ') : words;
}

/** `ConcernTriaged` and `limbs.needs.reason` as somebody reads them: "Concern triaged: limbs, needs, reason". */
export function fieldInWords(event: string, path: readonly string[]): string {
  const happened = apart(event);
  return [happened.charAt(0).toUpperCase() + happened.slice(1), ...(path.length > 0 ? [path.map(apart).join(', ')] : [])].join(': ');
}

const apart = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
