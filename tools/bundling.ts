import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { projectFolder } from './start/home.ts';

/** What was built already has maps, which lead on to what was written. */
const mapped: Plugin = {
  name: 'mapped',
  load: {
    filter: { id: /\/dist\/(apps|libs)\/.*\.js$/ },
    handler: (id) => ({ code: readFileSync(id, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, ''), map: readFileSync(`${id}.map`, 'utf8') }),
  },
};

/** The file with which an app begins, as it was built. */
export const mainOf = (app: string): string => `dist/apps/${app}/src/main.js`;

/** Draws together what programs load, into a file each, one of the libs and one of the packages for all of them; `changes` are made to it on the way. */
export async function drawTogether(input: Record<string, string>, folder: string, changes: Plugin[] = []): Promise<void> {
  const bundle = await rolldown({
    cwd: projectFolder,
    input,
    platform: 'node',
    // Its calls are traced, for which OpenTelemetry has to see it loaded.
    external: [/^pg$/],
    plugins: [mapped, ...changes],
    onLog(level, log, handle) {
      // Packages ask for what is not installed when it is needed, and types that were taken away leave a guarded look behind.
      if (log.code === 'UNRESOLVED_IMPORT' || log.code === 'IMPORT_IS_UNDEFINED') return;
      handle(level, log);
    },
  });
  await bundle.write({
    dir: folder,
    cleanDir: true,
    format: 'esm',
    keepNames: true,
    strictExecutionOrder: true,
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [
        { name: 'packages', test: /\/node_modules\// },
        { name: 'libs', test: /\/dist\/libs\// },
      ],
    },
  });
  await bundle.close();
  withoutMap(join(folder, 'packages.js'));
}

/** Reading the map of all packages would cost each process more than loading them; their names stay in stacks without it. */
function withoutMap(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, ''));
  rmSync(`${file}.map`);
}
