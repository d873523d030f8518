import { Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Rounds } from './rounds.js';

class Work extends Rounds {
  protected readonly logger = new Logger('work', { timestamp: false });
  readonly did: string[] = [];
  isWrong = false;
  isLate = false;

  constructor(everyMs: number) {
    super(everyMs, 'nothing could be done');
    this.logger.warn = () => void this.did.push('failed');
  }

  protected override async round(): Promise<void> {
    this.did.push('began');
    if (this.isLate) await pause(20);
    if (this.isWrong) throw new Error('wrong');
    this.did.push('ended');
  }
}

describe('work in rounds', () => {
  it('is done one round at a time, and once more for whoever came meanwhile, however many they were', async () => {
    const work = new Work(60_000);
    work.isLate = true;
    await Promise.all([work.go(), work.go(), work.go()]);
    expect(work.did).toEqual(['began', 'ended', 'began', 'ended']);
  });

  it('goes on after a round that failed, which the log says', async () => {
    const work = new Work(60_000);
    work.isWrong = true;
    await work.go();
    work.isWrong = false;
    await work.go();
    expect(work.did).toEqual(['began', 'failed', 'began', 'ended']);
  });

  it('is done every so often by itself, until the application stops, which waits for the round that is under way', async () => {
    const work = new Work(5);
    work.isLate = true;
    work.onApplicationBootstrap();
    while (work.did.length === 0) await pause(1);
    await work.beforeApplicationShutdown();
    const rounds = [...work.did];
    expect(rounds.at(-1)).toBe('ended');
    await pause(30);
    await work.go();
    expect(work.did).toEqual(rounds);
  });
});
