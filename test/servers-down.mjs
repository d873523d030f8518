import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemFolder } from '../tools/servers/account.ts';

/** Ends what `servers-up` began, and removes its data, which may lie where the database's own account reaches it. */
export default async function serversDown() {
  const { folder, guard, supervisor, containers } = globalThis.caseward;
  await Promise.all(containers.map((container) => container.stop()));
  await supervisor.stop();
  await guard.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(systemFolder, 'homes', folder.split('/').at(-1)), { recursive: true, force: true });
}
