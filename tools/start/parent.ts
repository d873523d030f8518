import { readProc } from '../servers/guard.ts';

const everyMs = 500;

/**
 * Calls back when the npm that runs us has gone. npm stands above a shell, so its death moves no parent of ours: every
 * process from ours up to npm is watched. Started without npm, nobody is: `nohup` must work.
 */
export function whenNpmIsGone(callback: () => void): void {
  const ancestors = process.env['npm_lifecycle_event'] ? ancestorsUpToNpm() : [];
  if (ancestors.length === 0) return;
  const timer = setInterval(() => {
    if (ancestors.every(({ pid, startedAt }) => startOf(pid) === startedAt)) return;
    clearInterval(timer);
    callback();
  }, everyMs);
  timer.unref();
}

interface Ancestor {
  pid: number;
  startedAt: string;
}

function ancestorsUpToNpm(): Ancestor[] {
  const found: Ancestor[] = [];
  for (let pid = process.ppid; pid > 1 && found.length < 5; pid = parentOf(pid)) {
    found.push({ pid, startedAt: startOf(pid) });
    if (/(^|\/)(npm|pnpm|yarn|npm-cli\.js)\b/.test(readProc(pid, 'cmdline').split(' ').slice(0, 2).join(' '))) return found;
  }
  return found.slice(0, 1);
}

/** The fields of a process's `stat` after its name, which may itself hold spaces and brackets. */
function fieldsOf(pid: number): string[] {
  const stat = readProc(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended, though its number is not yet free.
  return fields[0] === 'Z' ? [] : fields;
}

const parentOf = (pid: number): number => Number(fieldsOf(pid)[1] ?? 0);
const startOf = (pid: number): string => fieldsOf(pid)[19] ?? '';
