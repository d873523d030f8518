import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CommandError } from './failure.ts';
import type { Operated } from './tokens.ts';

export interface FoundWrong {
  service: string;
  check: string;
  what: string;
  where: Record<string, string | number | null>;
}

export interface CheckResult {
  service: string;
  check: string;
  looked: number;
  findings: number;
  note?: string;
  /** The class of the error for which the check could not be done. */
  failed?: string;
}

export interface Verified {
  ok: boolean;
  checks: CheckResult[];
  findings: FoundWrong[];
  /** So many more were found than are listed. */
  notListed: number;
}

/** Who is told as it goes. */
export interface Listener {
  onFinding?(finding: FoundWrong): void;
  onCheck?(result: CheckResult): void;
  /** Somebody else is verifying this service. */
  onWaiting?(service: string): void;
}

/** As many are listed; the rest is counted. */
const mostListed = 1_000;

/** Stands for a service's checks as long as it has not said which it makes. */
const anyCheck = 'every check';

/** What a service says, line by line. */
interface Line extends Partial<CheckResult> {
  checks?: string[];
  what?: string;
  where?: FoundWrong['where'];
  waits?: string;
}

/** Asks every service, one after another, whether everything that it keeps holds. */
export async function verifyServices(running: Operated, listener: Listener = {}): Promise<Verified> {
  const verified: Verified = { ok: true, checks: [], findings: [], notListed: 0 };
  for (const [service, { url }] of Object.entries(running.services)) {
    const toCome = new Set([anyCheck]);
    for await (const line of linesOf(url, await running.headersOf())) take(verified, { service, line, toCome }, listener);
    for (const check of toCome) close(verified, { service, check, looked: 0, findings: 0, failed: 'Interrupted' }, listener);
  }
  return verified;
}

function take(verified: Verified, { service, line, toCome }: { service: string; line: Line; toCome: Set<string> }, listener: Listener): void {
  const { checks, check, what, where, looked = 0, findings = 0, note, failed, waits } = line;
  if (waits) return listener.onWaiting?.(service);
  for (const name of checks ?? []) toCome.add(name).delete(anyCheck);
  if (!check) return;
  if (what !== undefined) {
    const finding = { service, check, what, where: where ?? {} };
    if (verified.findings.length < mostListed) verified.findings.push(finding);
    else verified.notListed += 1;
    return listener.onFinding?.(finding);
  }
  toCome.delete(check);
  close(verified, { service, check, looked, findings, ...(note ? { note } : {}), ...(failed ? { failed } : {}) }, listener);
}

function close(verified: Verified, result: CheckResult, listener: Listener): void {
  verified.checks.push(result);
  verified.ok &&= result.findings === 0 && !result.failed;
  listener.onCheck?.(result);
}

async function* linesOf(url: string, headers: Record<string, string>): AsyncGenerator<Line> {
  const answer = await fetch(`${url}/internal/verify`, { headers }).catch(() => undefined);
  if (!answer?.ok || !answer.body) {
    throw new CommandError(`${url} ${answer ? `answered ${answer.status}` : 'does not answer'}, so nothing can be said of what it keeps. Its log says why; run the command again when it is well.`);
  }
  try {
    // An empty line says that it is still at it.
    for await (const line of createInterface({ input: Readable.fromWeb(answer.body) })) if (line !== '') yield JSON.parse(line) as Line;
  } catch {
    // Cut off half way: the checks that have not come to their end are told of as interrupted.
  }
}
