import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';

/** A script of a site's own, which makes better what works without it too. */
export interface Script {
  /** Named after its content, so that a browser may keep it for ever. */
  path: string;
  content: Buffer;
}

/** The file of this name among an app's scripts. */
export function scriptOf(app: string, name: string): Script {
  const content = readFileSync(join(projectRoot, 'apps', app, 'scripts', `${name}.js`));
  return { path: `/assets/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.js`, content };
}
