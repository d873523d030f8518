import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';

/** The compiled styles of both sites; `styles/compile.ts` makes them. */
export const stylesheet = readFileSync(join(projectRoot, 'libs/pages/styles/caseward.css'));

/** Named after its content, so that a browser may keep it for ever. */
export const stylesheetPath = `/assets/caseward-${createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)}.css`;
