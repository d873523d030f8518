import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';

const here = dirname(fileURLToPath(import.meta.url));

/** The styles as one compressed text. The result is kept beside its source, so that running a site needs no compiler. */
export function compileStyles(): string {
  const { css } = compile(join(here, 'caseward.scss'), {
    loadPaths: [join(here, '../../../node_modules')],
    style: 'compressed',
    quietDeps: true,
  });
  return `${css.replace(/^\uFEFF/, '')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(here, 'caseward.css'), compileStyles());
