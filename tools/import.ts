import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { ask } from './commands/ask.ts';
import { type ExtractFile, extractFolder, open } from './commands/extract-folder.ts';
import { CommandError, runCommand } from './commands/failure.ts';
import { progress } from './commands/progress.ts';
import { withSystem } from './start/with-system.ts';
import { settle } from './commands/settle.ts';
import { type FileReport, type ImportReport, tell } from './commands/tell-import.ts';
import type { Operated } from './commands/tokens.ts';

interface Run {
  id: string;
  beganAt: string;
  isDry: boolean;
}

const usage = 'npm run import -- DIR [--dry-run] [--json]';
const say = (line: string): void => void process.stderr.write(`${line}\n`);

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  if (!folder || positionals.length > 1) throw new CommandError(`Say which folder is to be imported: ${usage}`);
  const found = await extractFolder(folder);
  const run: Run = { id: randomUUID(), beganAt: new Date().toISOString().replace('Z', '000Z'), isDry: values['dry-run'] };
  const report = await withSystem((running) => importAll(running, found, run));
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else tell(report, run.isDry, (line) => void process.stdout.write(`${line}\n`));
  const refused = Object.entries(report.files).filter(([, file]) => file.refused);
  for (const [file, { refused: columns }] of refused) say(`${file} was refused as a whole: ${columns!.join(', ')}. Mend its header row and import it again.`);
  if (refused.length > 0) process.exitCode = 1;
});

async function importAll(running: Operated, found: ExtractFile[], run: Run): Promise<ImportReport> {
  const reports: Partial<Record<ExtractFile['file'], FileReport>> = {};
  try {
    const take = async (...files: ExtractFile['file'][]): Promise<void> => {
      for (const one of found.filter(({ file }) => files.includes(file))) reports[one.file] = await importFile(running, one, run);
    };
    await take('people');
    // Enquiries refer to concerns; requests to nothing but people.
    await both(take('concerns', 'enquiries'), take('dols'));
    const { assumed_enquiries } = await ask<{ assumed_enquiries: number }>(
      `${running.services['section42']!.url}/internal/imports/${run.id}/assumed-enquiries`,
      { headers: await running.headersOf() },
    );
    if (!run.isDry) {
      await findOrganisations(running);
      await waitForMeasures(running);
    }
    return { files: Object.fromEntries(found.map(({ file }) => [file, reports[file]!])), assumed_enquiries };
  } finally {
    if (run.isDry) await throwAway(running, found, run);
  }
}

/** Waits for both to end, also where one fails: what is thrown away afterwards must not grow any more. */
async function both(...work: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

async function importFile(running: Operated, one: ExtractFile, run: Run): Promise<FileReport> {
  const { url } = running.services[one.service]!;
  const bar = progress(one.file, one.bytes, async () => (await ask<{ read: number | null }>(`${url}/internal/imports/${run.id}`, { headers: await running.headersOf() })).read);
  const bytes = open(one, bar.bytes);
  let broken: Error | undefined;
  bytes.once('error', (error: Error) => (broken = error));
  try {
    const { unknown_columns, ...report } = await ask<FileReport & { unknown_columns: string[] }>(
      `${url}/internal/imports/${run.id}?began_at=${run.beganAt}&dry_run=${run.isDry}`,
      { method: 'POST', headers: { 'content-type': 'text/csv', ...(await running.headersOf()) }, body: Readable.toWeb(bytes) as NonNullable<RequestInit['body']>, duplex: 'half' },
    );
    bar.done(report.read);
    if (unknown_columns.length > 0) say(`${one.file}: ignored columns that the format does not know: ${unknown_columns.join(', ')}`);
    return report;
  } catch (error) {
    bar.stop();
    if (broken) {
      const before = run.isDry ? 'Nothing of it is kept' : 'What was taken before stays';
      throw new CommandError(`${one.path} could not be read to its end (${broken.message}). ${before}; mend the file and import it again.`);
    }
    throw error;
  }
}

/** The directory has a person say which organisations are meant. An import does not fail for want of that. */
async function findOrganisations(running: Operated): Promise<void> {
  const gather = async () => ask<{ away: string[] }>(`${running.services['directory']!.url}/internal/mentions/gather`, { method: 'POST', headers: await running.headersOf() });
  const { away } = await gather().catch(() => ({ away: ['any file'] }));
  if (away.length > 0) say(`Which organisations are named in ${away.join(' and ')} could not be asked just now; the next import asks again.`);
}

async function waitForMeasures(running: Operated): Promise<void> {
  const bar = progress('measures', 0, async () => null);
  await settle(running, { onLeft: bar.left });
  bar.done(0);
}

async function throwAway(running: Operated, found: ExtractFile[], run: Run): Promise<void> {
  for (const { service } of found) {
    await ask(`${running.services[service]!.url}/internal/imports/${run.id}`, { method: 'DELETE', headers: await running.headersOf() }).catch((error: Error) => say(error.message));
  }
}
