import 'reflect-metadata';
import { bootService } from '#libs/platform';
import { config } from './config.js';
import { DolsModule } from './dols.module.js';

await bootService(DolsModule, config);
