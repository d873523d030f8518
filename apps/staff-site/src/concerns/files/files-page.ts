import { fileInWords, filesOffered, type FormError, messagesByField, timeInWords } from '#libs/pages';
import type { Called } from '../../colleagues.js';
import { may } from '../../may.js';
import { paths } from '../../paths.js';
import type { ConcernCase } from '../shapes.js';
import { callingRaiser } from '../timeline.js';

const states = {
  held: { text: 'Held, unchecked', classes: 'govuk-tag--yellow' },
  clean: { text: 'Checked', classes: 'govuk-tag--green' },
  refused: { text: 'Harmful: deleted', classes: 'govuk-tag--red' },
};

/** The files of a concern. One that was not checked yet leads nowhere. */
export function filesOf({ id, status, files, story }: ConcernCase, called: Called) {
  const whose = callingRaiser(story, called);
  const isOpen = status === 'awaiting-triage' || status === 'triaged';
  return {
    items: files.map((file) => ({
      name: file.name || 'A file without a name',
      what: `${fileInWords(file)}, ${timeInWords(file.addedAt)}, ${whose(file.addedBy)}`,
      tag: states[file.state],
      href: file.state === 'clean' ? paths.concernFile(id, file.id) : undefined,
    })),
    isAnyHeld: files.some(({ state }) => state === 'held'),
    addHref: isOpen && may('concern.add_file') ? paths.concernFiles(id) : undefined,
  };
}

/** A form by which a file is added. */
export function addFilePage({ concern, name }: { concern: ConcernCase; name: string }, { errors = [], ...form }: { errors?: FormError[]; key: string; csrf: string; isSentBefore?: true }) {
  return {
    title: 'Add a file',
    here: paths.queues(),
    backHref: paths.concern(concern.id),
    action: paths.concernFiles(concern.id),
    caption: `${concern.reference}, ${name}`,
    accept: filesOffered,
    errors,
    messages: messagesByField(errors),
    ...form,
  };
}
