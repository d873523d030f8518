import { join } from 'node:path';
import { errandsInMarkdown, rightsInMarkdown } from '#libs/access';
import { projectFolder } from '../start/home.ts';

export const securityDocument = join(projectFolder, 'doc/security.md');

const begin = '<!-- rights: written by npm run generate -->';
const end = '<!-- /rights -->';

/** The document with the table of rights as it is now between its two marks. */
export function withRights(text: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`doc/security.md has lost its marks: ${begin} and ${end}`);
  return `${before}${begin}\n\n${rightsInMarkdown()}\n\n${errandsInMarkdown()}\n\n${end}${after}`;
}
