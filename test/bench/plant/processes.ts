import { readdirSync } from 'node:fs';
import { isAlive, readProc } from '../../../tools/servers/guard.ts';

/** A process of a system: what it is called, and its number. */
export interface Named {
  name: string;
  pid: number;
}

/** Ticks a second, in which the kernel counts processor time; 100 on every Linux that we run on. */
const ticks = 100;

/** A process and all that it started, by what they run. */
export function familyOf(pid: number, nameOf: (commandLine: string) => string): Named[] {
  const children = childrenByParent();
  const found: Named[] = [];
  const add = (one: number): void => {
    if (isAlive(one)) found.push({ name: nameOf(readProc(one, 'cmdline')), pid: one });
    for (const child of children.get(one) ?? []) add(child);
  };
  add(pid);
  return found;
}

/** What a process of Caseward runs, from its command line. */
export function programOf(commandLine: string): string {
  const app = /dist\/bundles\/([\w-]+)\.js/.exec(commandLine)?.[1];
  if (app) return app;
  if (commandLine.includes('tools/provider/')) return 'provider';
  if (commandLine.includes('tools/start.ts')) return 'starter';
  if (/guard\.sh/.test(commandLine)) return 'guard';
  if (/nats-server/.test(commandLine)) return 'nats';
  return /postgres/.test(commandLine) ? 'postgres' : 'other';
}

/** Memory that is a process's own, and its share of what it has in common with others, in megabytes. */
export function proportionalMegabytes(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readProc(pid, 'smaps_rollup'))?.[1];
  return kibibytes === undefined ? NaN : (Number(kibibytes) * 1_024) / 1e6;
}

/** Processor time that a process took so far, and that of its children which have ended, in seconds. */
export const processorSeconds = (pid: number): number => sum(timesOf(pid)) / ticks;

/** Processor time of our own children that have ended, in seconds. */
export const endedChildrenSeconds = (): number => sum(timesOf(process.pid).slice(2)) / ticks;

/** Processor time so far by program, of all processes of a family. */
export function processorByProgram(family: readonly Named[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { name, pid } of family) sums.set(name, (sums.get(name) ?? 0) + processorSeconds(pid));
  return sums;
}

/** Of itself and of its ended children, in the program and in the kernel. */
const timesOf = (pid: number): number[] => statOf(pid).slice(11, 15).map(Number);

const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);

/** What the kernel tells of a process after its name, which may itself hold spaces and brackets. */
function statOf(pid: number): string[] {
  const stat = readProc(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function childrenByParent(): Map<number, number[]> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return Map.groupBy(pids, (pid) => Number(statOf(pid)[1]));
}
