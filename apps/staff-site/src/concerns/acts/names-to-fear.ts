import { listInWords } from '#libs/pages';
import { accountOf } from '../account.js';
import type { ConcernCase } from '../shapes.js';

/** What stands in a message that may be a name: of the person, or of whoever may be causing the harm. Nobody can tell from words alone: it warns, and keeps nothing back. */
export function namesToFear(concern: Pick<ConcernCase, 'story'>, { person, message, usual }: { person: string | undefined; message: string; usual: string }) {
  const stands = (word: string): boolean => holds(message, word) && !holds(usual, word);
  const ofPerson = wordsIn(person ?? '').filter(stands);
  const alleged = [accountOf(concern)?.details['alleged'] ?? []].flat().join(' ');
  const ofSource = wordsIn(alleged).filter((word) => /^\p{Lu}\p{Ll}/u.test(word) && stands(word) && !ofPerson.includes(word));
  const quoted = (words: string[]): string => listInWords(words.map((word) => `“${word}”`));
  return {
    warnings: [
      ...(ofPerson.length > 0 ? [`${quoted(ofPerson)} stands in it: that is what the person is called.`] : []),
      ...(ofSource.length > 0 ? [`${quoted(ofSource)} stands in it, and in what was said of whoever may be causing the harm.`] : []),
    ],
    isNameKnown: person !== undefined,
  };
}

/** The words of some text, each once; what is shorter is no name. */
const wordsIn = (text: string): string[] => [...new Set(text.match(/\p{L}[\p{L}’'-]+/gu) ?? [])].filter((word) => word.length > 2);

/** Whether a word stands in a text, however it is written. */
const holds = (text: string, word: string): boolean => wordsIn(text).some((one) => one.toLowerCase().replace(/[’']s$/, '') === word.toLowerCase().replace(/[’']s$/, ''));
