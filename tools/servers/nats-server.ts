import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, keepWhole } from './cache.ts';
import { unpackPackage } from './debian.ts';
import { findOnPath, run } from './run.ts';
import { StartError } from './supervisor.ts';

/** The official release, by the checksums that its makers' own image recipe pins. */
const release = {
  version: '2.12.15',
  sha256: {
    x64: '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e',
    arm64: 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
  } as Record<string, string>,
};

export interface NatsServer {
  file: string;
  /** `[major, minor]` */
  version: [number, number];
}

/** Finds a NATS server: on the path, kept from last time, from the distribution, from the official release. */
export async function findNatsServer(home: string, say: (line: string) => void): Promise<NatsServer> {
  const onPath = findOnPath('nats-server');
  if (onPath) return { file: onPath, version: await versionOf(onPath) };
  const kept = join(cacheFolder(join(home, 'cache')), 'nats-server');
  const file = join(kept, 'nats-server');
  if (!existsSync(file)) {
    say("NATS is not on this machine: fetching the distribution's package (it is unpacked, not installed).");
    await keepWhole(kept, (folder) => fill(folder, say));
  }
  return { file, version: await versionOf(file) };
}

async function fill(folder: string, say: (line: string) => void): Promise<void> {
  const unpacked = join(folder, 'unpacked');
  const debian = await unpackPackage('nats-server', unpacked);
  const program = ['usr/sbin', 'usr/bin'].map((part) => join(unpacked, part, 'nats-server')).find((path) => existsSync(path));
  if (debian.ok && program) {
    copyFileSync(program, join(folder, 'nats-server'));
    return;
  }
  say(`No package (${debian.reason}): fetching the official release ${release.version}.`);
  const fetched = await fetchRelease(folder).catch((error: Error) => error.message);
  if (fetched === 'ok') return;
  throw new StartError(`No NATS server was found or could be fetched.\n  The distribution's package: ${debian.reason}\n  The official release: ${fetched}\nInstall nats-server (on Debian: apt-get install nats-server), or set NATS_URL to a server with JetStream.`);
}

async function fetchRelease(folder: string): Promise<string> {
  const expected = process.platform === 'linux' ? release.sha256[process.arch] : undefined;
  if (!expected) return `no checksum is known for ${process.platform}-${process.arch}`;
  const name = `nats-server-v${release.version}-linux-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${release.version}/${name}.tar.gz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) return `${url} answered ${response.status}`;
  const archive = Buffer.from(await response.arrayBuffer());
  if (createHash('sha256').update(archive).digest('hex') !== expected) return `${url} does not have the checksum it should have`;
  const file = join(folder, 'release.tar.gz');
  writeFileSync(file, archive);
  const unpacked = await run('tar', ['-xzf', file, '-C', folder, '--strip-components=1', '--no-same-owner']);
  if (!unpacked.ok || !readdirSync(folder).includes('nats-server')) return `the archive could not be unpacked: ${unpacked.output}`;
  chmodSync(join(folder, 'nats-server'), 0o755);
  return 'ok';
}

async function versionOf(file: string): Promise<[number, number]> {
  const { output } = await run(file, ['--version']);
  const found = /v?(\d+)\.(\d+)\./.exec(output);
  if (!found) throw new StartError(`${file} does not run: ${output}`);
  return [Number(found[1]), Number(found[2])];
}
