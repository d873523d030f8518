import { type DynamicModule, Global, Module } from '@nestjs/common';
import { INTERNAL, OwnToken, TokenVerifier } from '#libs/identity';
import type { ServiceConfig } from './config.js';
import { MeController } from './me.controller.js';
import { Membership, TokenMembership } from './membership.js';

/** Who asks, and in whose name this service asks others. */
@Global()
@Module({})
export class IdentityModule {
  static for(config: ServiceConfig): DynamicModule {
    return {
      module: IdentityModule,
      controllers: [MeController],
      providers: [
        { provide: TokenVerifier, useValue: TokenVerifier.for(config) },
        { provide: Membership, useValue: new TokenMembership(config.COUNCIL_TENANTS) },
        { provide: OwnToken, useValue: OwnToken.for(config, INTERNAL) },
      ],
      exports: [TokenVerifier, Membership, OwnToken],
    };
  }
}
