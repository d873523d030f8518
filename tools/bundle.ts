import { join } from 'node:path';
import { drawTogether, mainOf } from './bundling.ts';
import { projectFolder } from './start/home.ts';
import { serviceNames, siteSchemas } from './start/services.ts';

/** Where what each app loads is drawn together (doc/adr/0016): its own code, that of the libs, that of the packages. */
const folder = join(projectFolder, 'dist/bundles');

const apps = [...serviceNames, ...Object.keys(siteSchemas)];
await drawTogether(Object.fromEntries(apps.map((app) => [app, mainOf(app)])), folder);
