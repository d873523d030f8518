import { type DynamicModule, Global, Module } from '@nestjs/common';
import { INTERNAL, OwnToken, TokenVerifier } from '#libs/identity';
import type { ServiceConfig } from './config.js';
import { MeController } from './me.controller.js';
import { Pace } from './pace.js';
import { Programs } from './programs.js';

/** What proves who asks, and in whose name this service asks others. */
@Global()
@Module({})
export class IdentityModule {
  static for(config: ServiceConfig): DynamicModule {
    return {
      module: IdentityModule,
      controllers: [MeController],
      providers: [
        { provide: TokenVerifier, useValue: TokenVerifier.for(config) },
        { provide: OwnToken, useValue: OwnToken.for(config, INTERNAL) },
        { provide: Pace, useValue: new Pace(config.REQUESTS_A_MINUTE) },
        { provide: Programs, useValue: new Programs(config.PROGRAM_CLIENTS) },
      ],
      exports: [TokenVerifier, OwnToken, Pace, Programs],
    };
  }
}
