import { type DynamicModule, Module } from '@nestjs/common';
import type { Render } from '#libs/pages';
import { ConcernController } from './concern/concern.controller.js';
import type { Config } from './config.js';
import { FollowController } from './follow/follow.controller.js';
import { HomeController } from './home.controller.js';
import { CONFIG, RENDER, Triage } from './outside.js';

@Module({})
export class PartnerSiteModule {
  static with(parts: { triage: Triage; config: Config; render: Render }): DynamicModule {
    return {
      module: PartnerSiteModule,
      controllers: [HomeController, ConcernController, FollowController],
      providers: [
        { provide: Triage, useValue: parts.triage },
        { provide: CONFIG, useValue: parts.config },
        { provide: RENDER, useValue: parts.render },
      ],
    };
  }
}
