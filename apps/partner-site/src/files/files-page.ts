import { fileInWords, type FileList, filesOffered, type FormError, messagesByField, timeInWords } from '#libs/pages';

const states: Record<FileList['items'][number]['state'], string> = {
  held: 'Held: we have it, and nobody opens it before it was checked for harmful software.',
  clean: 'Checked: the team can open it.',
  refused: 'Refused: it was found to be harmful, and deleted. Ring us about what was in it.',
};

interface Shown {
  reference: string | undefined;
  here: string;
  back: { href: string; text: string };
  errors?: FormError[];
  key: string;
  csrf: string;
  phone: string;
}

/** The files that somebody added to a concern, and a form to add another. Without an account they are told by when they came: a name could tell whoever uses the device next. */
export function filesPage({ items, most, mostBytes }: FileList, { reference, errors = [], ...shown }: Shown) {
  return {
    title: 'Photographs and documents',
    caption: reference && `Your concern ${reference}`,
    files: items.map((file, at) => ({
      key: { text: file.name ?? `File ${at + 1}` },
      value: { text: `${fileInWords(file)}, ${timeInWords(file.addedAt)}. ${states[file.state]}` },
    })),
    isFull: items.length >= most,
    most,
    accept: filesOffered,
    hint: `One at a time: a PDF, a picture (JPEG, PNG, HEIC) or plain text, of ${Math.floor(mostBytes / 1_000_000)} MB at most; ${most} files in all. Save a Word document as a PDF first.`,
    errors,
    messages: messagesByField(errors),
    ...shown,
  };
}
