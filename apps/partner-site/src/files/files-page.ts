import { fileInWords, type FileList, type FileRefusal, filesOffered, type FormError, messagesByField, timeInWords, visitor } from '#libs/pages';
import { paths } from '../paths.js';

const states: Record<FileList['items'][number]['state'], string> = {
  held: 'Held: we have it, and nobody can open it until it has been checked for harmful software.',
  clean: 'Checked: the team can open it.',
  refused: 'Refused: it was found to be harmful, and deleted. Ring us about what was in it.',
};

interface Around {
  reference: string | undefined;
  here: string;
  back: { href: string; text: string };
  phone: string;
}

interface Shown extends Around {
  errors?: FormError[];
  key: string;
  csrf: string;
}

const title = 'Photographs and documents';
const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const captionOf = (reference: string | undefined) => reference && `Your concern ${reference}`;
const inWords = ({ mostBytes, most }: FileList): string => `, of ${Math.floor(mostBytes / 1_000_000)} MB at most; ${most} files in all`;

/** The files that somebody added to a concern, and a form to add another; undefined: nobody can tell now. Without an account they are told what each is and when it came: a name could tell whoever uses the device next. */
export function filesPage(list: FileList | undefined, { reference, errors = [], ...shown }: Shown) {
  const { items, most } = list ?? { items: [], most: Infinity };
  return {
    title,
    caption: captionOf(reference),
    isUnknown: list === undefined,
    files: items.map((file) => ({
      key: { text: file.name ?? sentence(fileInWords(file)) },
      value: { text: `${file.name === null ? '' : `${fileInWords(file)}, `}${timeInWords(file.addedAt)}. ${states[file.state]}` },
    })),
    isNameless: items.some(({ name }) => name === null),
    isFull: items.length >= most,
    most,
    accept: filesOffered,
    hint: `One at a time: a PDF, a picture (JPEG, PNG, HEIC) or plain text${list ? inWords(list) : ''}. Save a Word document as a PDF first.`,
    errors,
    messages: messagesByField(errors),
    ...shown,
  };
}

/** None can be added, nor seen, in this way any more, and why. `isRefused`: one was just sent. */
export function filesOverPage({ detail, code }: FileRefusal, { reference, ...shown }: Partial<Around> & { isRefused: boolean }) {
  const isKept = code !== 'concern/disposed';
  return { title: 'Files cannot be added here any more', caption: captionOf(reference), why: detail, isKept, followHref: isKept && !visitor() ? paths.follow() : undefined, ...shown };
}
