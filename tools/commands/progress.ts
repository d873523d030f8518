import { MultiBar, Presets, type SingleBar } from 'cli-progress';

export interface Progress {
  /** So much more of the file was read. */
  bytes(count: number): void;
  /** So many events have yet to arrive. */
  left(count: number): void;
  done(rows: number): void;
  stop(): void;
}

const everyMs = 250;

/** A bar on standard error with rows and rate, below those that run already; a line at the end where that is no terminal. */
export function progress(name: string, totalBytes: number, rowsRead: () => Promise<number | null>): Progress {
  const startedAt = performance.now();
  const format = totalBytes > 0 ? ' {bar} {percentage} % | {name} | {rows} rows | {rate} rows/s' : ' {bar} {percentage} % | {name} | {left} events to go';
  const seconds = (): number => Math.max(0.001, (performance.now() - startedAt) / 1_000);
  let most = 0;
  const bar = shown(format.replace('{name}', name), totalBytes || 1);
  const timer = setInterval(() => {
    if (totalBytes === 0) return;
    rowsRead().then((rows) => rows !== null && bar.update({ rows, rate: Math.round(rows / seconds()) }), () => undefined);
  }, everyMs);
  const end = (): void => {
    clearInterval(timer);
    bar.stop();
    ended();
  };
  return {
    bytes: (count) => bar.increment(count),
    left(count) {
      most = Math.max(most, count);
      bar.setTotal(Math.max(1, most));
      bar.update(most - count, { left: count });
    },
    done(rows) {
      bar.update(bar.getTotal(), { rows, rate: Math.round(rows / seconds()), left: 0 });
      end();
      if (!process.stderr.isTTY) process.stderr.write(`${name}: ${rows > 0 ? `${rows} rows, ` : ''}${seconds().toFixed(1)} s\n`);
    },
    stop: end,
  };
}

let bars: MultiBar | undefined;
let running = 0;

function shown(format: string, total: number): SingleBar {
  running += 1;
  bars ??= new MultiBar({ stream: process.stderr, hideCursor: true, noTTYOutput: false }, Presets.shades_classic);
  return bars.create(total, 0, { rows: 0, rate: 0, left: '' }, { format });
}

/** The terminal is given back once nothing runs any more. */
function ended(): void {
  running -= 1;
  if (running > 0) return;
  // Elsewhere it would write each bar once more, as a line.
  if (process.stderr.isTTY) bars?.stop();
  bars = undefined;
}
