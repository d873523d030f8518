import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, run } from './run.ts';

/** Unpacks a package of the machine's own distribution into a folder; nothing is installed. Says why when it cannot. */
export async function unpackPackage(name: string, into: string): Promise<{ ok: boolean; reason: string }> {
  if (!findOnPath('apt-get') || !findOnPath('dpkg')) return { ok: false, reason: 'this system has no apt-get' };
  const work = mkdtempSync(join(tmpdir(), 'caseward-apt-'));
  try {
    const options = aptOptions(work);
    const updated = await run('apt-get', [...options, 'update'], { cwd: work });
    const downloaded = await run('apt-get', [...options, 'download', name], { cwd: work });
    const file = readdirSync(work).find((entry) => entry.endsWith('.deb'));
    if (!downloaded.ok || !file) return { ok: false, reason: lastLines(`${updated.output}\n${downloaded.output}`) };
    const unpacked = await run('dpkg', ['-x', join(work, file), into]);
    return { ok: unpacked.ok, reason: unpacked.output };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** apt with lists, cache and sources of its own, so that it needs no rights and leaves the system as it was. */
function aptOptions(work: string): string[] {
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, folder), { recursive: true });
  const settings = [`Dir::State::Lists=${work}/lists`, `Dir::Cache=${work}/cache`, 'APT::Sandbox::User=', 'Acquire::Languages=none'];
  const sources = ownSources('/etc/apt');
  if (sources.deb822 || sources.oneLine) {
    mkdirSync(join(work, 'parts'));
    if (sources.deb822) writeFileSync(join(work, 'parts', 'own.sources'), sources.deb822);
    if (sources.oneLine) writeFileSync(join(work, 'parts', 'own.list'), sources.oneLine);
    settings.push('Dir::Etc::SourceList=/dev/null', `Dir::Etc::SourceParts=${work}/parts`);
  }
  return ['-q', ...settings.flatMap((setting) => ['-o', setting])];
}

/** Those of the machine's package sources that belong to its release itself; others cost time and may not answer. */
function ownSources(folder: string): { deb822: string; oneLine: string } {
  const release = /^VERSION_CODENAME=(\S+)$/m.exec(readIfThere('/etc/os-release'))?.[1] ?? '';
  const parts = existsSync(join(folder, 'sources.list.d')) ? readdirSync(join(folder, 'sources.list.d')).toSorted() : [];
  const read = (ending: string): string[] => parts.filter((part) => part.endsWith(ending)).map((part) => readIfThere(join(folder, 'sources.list.d', part)));
  return chooseSources(release, [readIfThere(join(folder, 'sources.list')), ...read('.list')], read('.sources'));
}

/** Picks the entries of one release out of apt's two formats. */
export function chooseSources(release: string, lists: string[], deb822s: string[]): { deb822: string; oneLine: string } {
  if (!release) return { deb822: '', oneLine: '' };
  const lines = lists.flatMap((list) => list.split('\n')).filter((line) => /^\s*deb\s/.test(line) && line.trim().split(/\s+/).includes(release));
  const stanzas = deb822s
    .flatMap((file) => file.replaceAll(/^#.*\n/gm, '').split(/\n\s*\n/))
    .filter((stanza) => /^Types:.*\bdeb\b/m.test(stanza) && /^Suites:\s*(.+)$/m.exec(stanza)?.[1]?.split(/\s+/).includes(release));
  return { deb822: stanzas.map((stanza) => `${stanza.trim()}\n`).join('\n'), oneLine: lines.map((line) => `${line}\n`).join('') };
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ');
}
