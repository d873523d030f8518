import type { OnApplicationBootstrap } from '@nestjs/common';
import { moveReasons, type Reasoned, type Vault } from '#libs/journal';
import { alone } from './alone.js';
import type { ServiceConfig } from './config.js';
import type { MaintainSource } from './tokens.js';
import { trouble } from './trouble.js';

export interface MovedReasonsParts {
  maintain: MaintainSource;
  vault: Vault;
  config: Pick<ServiceConfig, 'DATABASE_MAINTAIN_URL' | 'SERVICE_NAME'>;
  logs: readonly Reasoned[];
}

/** Encrypts the reasons that were kept in plain words before, once after each start; where that fails, after the next. */
export class MovedReasons implements OnApplicationBootstrap {
  constructor(private readonly parts: MovedReasonsParts) {}

  onApplicationBootstrap(): void {
    void this.move().catch(trouble('reasons'));
  }

  /** Returns how many that were; none where another process of the service is at it. */
  async move(): Promise<number> {
    const { maintain, vault, config, logs } = this.parts;
    const letGo = await alone(config, 'reasons');
    if (!letGo) return 0;
    try {
      let moved = 0;
      for (const log of logs) moved += await moveReasons(maintain, vault, log);
      return moved;
    } finally {
      await letGo();
    }
  }
}
