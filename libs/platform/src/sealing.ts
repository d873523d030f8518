import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap, type Provider } from '@nestjs/common';
import { chain, type Check, deadLetters, outbox, recordKeys, SealFile, Sealer, sealedAudit, sealedJournal, type Vault } from '#libs/journal';
import { Clock } from './clock.js';
import type { JournalConfig } from './config.js';
import type { MaintainPools } from './pools.js';
import { trouble } from './trouble.js';
import { CommonChecks } from './verify.js';

/** Seals as long as the service runs. */
@Injectable()
export class Sealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly sealer: Sealer) {}

  /** What went wrong at the last attempt to seal, if anything did. Everything else goes on all the same. */
  get trouble(): string | undefined {
    return this.sealer.trouble;
  }

  onApplicationBootstrap(): void {
    this.sealer.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sealer.stop();
  }
}

/** The seals of a service with a journal, and what it verifies as every such service does. */
export function sealingOf(config: JournalConfig, { sealing: source, maintain }: Pick<MaintainPools, 'sealing' | 'maintain'>, vault: Vault): Provider[] {
  const everyMs = config.SEAL_EVERY_SECONDS * 1_000;
  const kept = { service: config.SERVICE_NAME, file: new SealFile(config.SEAL_FILE), vault };
  const sealing = (clock: Clock): Sealing =>
    new Sealing(new Sealer({ ...kept, maintain: source, now: () => clock.now(), everyMs, onTrouble: trouble('seals') }));
  const checks = (clock: Clock): Check[] => {
    const seals = { ...kept, queries: maintain, now: () => clock.now(), lateMs: 5 * everyMs };
    return [chain(maintain), sealedJournal(seals), sealedAudit(seals), recordKeys(maintain, vault), outbox(maintain, config.OUTBOX_LIMIT_SECONDS), deadLetters(maintain)];
  };
  return [
    { provide: Sealing, useFactory: sealing, inject: [Clock] },
    { provide: CommonChecks, useFactory: (clock: Clock) => new CommonChecks(checks(clock)), inject: [Clock] },
  ];
}
