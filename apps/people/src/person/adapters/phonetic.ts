import { doubleMetaphone } from 'double-metaphone';

/** How a surname may sound, one key or two (Philips's double metaphone); none where there is nothing to hear. */
export const phonetic = (surname: string): string[] => [...new Set(doubleMetaphone(surname))].filter(Boolean);
