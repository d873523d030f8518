import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generated } from './commands/contracts-document.ts';
import { securityDocument, withRights } from './commands/security-document.ts';
import { compileStyles } from '../libs/pages/styles/compile.ts';
import { projectFolder } from './start/home.ts';

/** Writes what is generated, from the contracts, the rights and the styles' sources; tests fail when it is stale. */
const folder = join(projectFolder, 'libs/contracts/generated');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(generated())) writeFileSync(join(folder, name), text);
writeFileSync(join(projectFolder, 'libs/pages/styles/caseward.css'), compileStyles());
writeFileSync(securityDocument, withRights(readFileSync(securityDocument, 'utf8')));
