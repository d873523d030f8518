import type { Phonetic } from '../domain/tokens.js';

/** Letters in front that are not heard. */
const silent: readonly [RegExp, string][] = [
  [/^[gkp]n/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 's'],
  [/^wh/, 'w'],
];

/** How groups of consonants are heard in English surnames and in those that came with their bearers; longer groups first. */
const heard: readonly [RegExp, string][] = [
  [/sz?cz/g, 'S'],
  [/t?sch|tsh|tch|cz|sz|sh|ch/g, 'S'],
  [/th/g, '0'],
  [/ph/g, 'f'],
  [/dg(?=[eiy])/g, 'S'],
  [/([aeiou])gh(?=t|$|[^aeiouy])/g, '$1'],
  [/gh/g, 'k'],
  [/sc(?=[eiy])|c(?=[eiy])|z/g, 's'],
  [/mb$/g, 'm'],
  [/ck|c|q|g|x/g, 'k'],
  [/j/g, 'S'],
  [/d/g, 't'],
  [/b/g, 'p'],
  [/v/g, 'f'],
  [/[aeiouywh]/g, ''],
  [/(.)\1+/g, '$1'],
];

/** Readings that another ear would have: a Polish or German w is an f, a Spanish or German j is not heard. */
const otherwise: readonly [RegExp, string][] = [
  [/w/g, 'v'],
  [/j/g, 'y'],
  [/ch(?=[aour]|$)/g, 'k'],
];

const through = (name: string, rules: readonly [RegExp, string][]): string =>
  rules.reduce((text, [pattern, sound]) => text.replace(pattern, sound), name);

const sound = (name: string): string => {
  const bare = through(name, silent);
  const first = /^[aeiouy]/.test(bare) ? 'A' : '';
  return (first + through(bare, heard)).slice(0, 6);
};

/**
 * Two keys of how a surname sounds, in the manner of double metaphone: as an English reader would say it, and as its
 * bearers may. Takes a normalised surname.
 */
export const phonetic: Phonetic = (name) => [...new Set([sound(name), sound(through(name, otherwise))])].filter(Boolean);
