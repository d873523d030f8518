import { type DynamicModule, Module } from '@nestjs/common';
import type { Render } from '#libs/pages';
import { CheckController } from './concern/check.controller.js';
import { ReceiptController } from './concern/receipt.controller.js';
import { StepsController } from './concern/steps.controller.js';
import type { Config } from './config.js';
import { DraftHere } from './draft/draft-here.js';
import { Drafts } from './draft/drafts.js';
import { FilesController } from './files/files.controller.js';
import { FollowByCodeController } from './follow/code/follow-by-code.controller.js';
import { FollowController } from './follow/follow.controller.js';
import { HelpController } from './help/help.controller.js';
import { HomeController } from './home.controller.js';
import { MoreController } from './more/more.controller.js';
import { CONFIG, NOW, RENDER, Triage } from './outside.js';
import { SavedController } from './saved/saved.controller.js';

@Module({})
export class PartnerSiteModule {
  static with(parts: { triage: Triage; drafts: Drafts; config: Config; render: Render; now: () => number }): DynamicModule {
    return {
      module: PartnerSiteModule,
      controllers: [HomeController, HelpController, CheckController, SavedController, ReceiptController, FilesController, MoreController, FollowByCodeController, FollowController, StepsController],
      providers: [
        DraftHere,
        { provide: Drafts, useValue: parts.drafts },
        { provide: NOW, useValue: parts.now },
        { provide: Triage, useValue: parts.triage },
        { provide: CONFIG, useValue: parts.config },
        { provide: RENDER, useValue: parts.render },
      ],
    };
  }
}
