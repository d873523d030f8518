import { connectBroker } from '#libs/messaging';
import { CommandError } from '../../tools/commands/failure.ts';
import type { Comparison, Ground, Measured } from './bench.ts';
import { judged } from './judge.ts';
import { diskOf, fileSystemOf, type Versions } from './machine.ts';
import { BenchSystem, type Wish } from './plant/bench-system.ts';
import { freshHome, keptHome, memoryDisk } from './plant/homes.ts';
import { type Rounds, runRounds } from './rounds.ts';
import { figure, lineOf } from './tell.ts';

/** What a run was asked for. */
export interface Asked {
  seed: number;
  isFull: boolean;
  /** Rounds of every comparison, where it was said how many. */
  rounds?: number | undefined;
}

/** What one bench stands on; it is taken away after it. */
export class BenchGround implements Ground {
  readonly seed: number;
  readonly isFull: boolean;
  readonly measured: Measured[] = [];
  readonly notes: string[] = [];
  /** Known since the first system ran. */
  servers: Pick<Versions, 'postgres' | 'nats'> | undefined;
  /** On what its data lay, where that was a disk. */
  disk: string | undefined;
  readonly #asked: Asked;
  readonly #say: (line: string) => void;
  readonly #undo: (() => unknown)[] = [];
  #ended: Promise<void> | undefined;

  constructor(asked: Asked, say: (line: string) => void) {
    ({ seed: this.seed, isFull: this.isFull } = asked);
    this.#asked = asked;
    this.#say = say;
  }

  say(line: string): void {
    this.#say(`  ${line}`);
  }

  note(line: string): void {
    this.notes.push(line);
  }

  onEnd(undo: () => unknown): void {
    // Nothing would take it away any more.
    if (this.#ended) throw new CommandError('the bench was stopped');
    this.#undo.push(undo);
  }

  async system(wish: Wish = {}): Promise<BenchSystem> {
    const system = new BenchSystem(await this.#folderFor(wish));
    this.onEnd(() => (wish.keptAs === undefined ? system.remove() : system.stop()));
    if (wish.isStarted === false) return system;
    this.say(`starting a Caseward${wish.keptAs === undefined ? '' : ` on ${wish.keptAs}`}`);
    await system.start();
    await this.#look(system, wish);
    return system;
  }

  async measure(comparison: Comparison): Promise<Measured> {
    this.say(`measuring: ${comparison.what}`);
    const onRound: Rounds['onRound'] = (number, of, { ours, against }) =>
      this.say(`${number === 0 ? 'warm-up' : `round ${number} of ${of}`}: ${figure(ours)}${comparison.against ? ` against ${figure(against)}` : ''} ${comparison.unit}`);
    const measured = judged(comparison, await runRounds(comparison, { ...this.#asked, onRound }));
    this.measured.push(measured);
    this.say(lineOf(measured));
    return measured;
  }

  /** Takes everything away again, the last first; may be called at any moment, and more than once. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) {
      try {
        await undo();
      } catch (error) {
        this.#say(`  could not be taken away: ${(error as Error).message}`);
      }
    }
  }

  async #folderFor({ keptAs, on = 'disk' }: Wish): Promise<string> {
    if (keptAs !== undefined) return keptHome(keptAs);
    if (on === 'disk') return freshHome();
    const memory = await memoryDisk();
    this.onEnd(() => memory.letGo());
    this.note(`tmpfs: ${memory.says}`);
    return freshHome(memory.folder);
  }

  async #look(system: BenchSystem, { on = 'disk' }: Wish): Promise<void> {
    const { dataFolder } = system;
    if ((fileSystemOf(dataFolder).kind === 'tmpfs') !== (on === 'tmpfs')) {
      throw new CommandError(`${dataFolder} lies on ${diskOf(dataFolder)}, where it should be ${on}: CASEWARD_BENCH_HOME names a folder on a disk that the database's account can enter.`);
    }
    if (on === 'disk') this.disk ??= diskOf(dataFolder);
    if (this.servers) return;
    const postgres = await system.asOwner(async (client) => (await client.query<{ server_version: string }>('show server_version')).rows[0]!.server_version);
    const broker = await connectBroker(system.brokerLogin, 'bench');
    this.servers = { postgres, nats: broker.info?.version ?? null };
    await broker.close();
  }
}
