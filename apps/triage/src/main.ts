import 'reflect-metadata';
import { bootService } from '#libs/platform';
import { config } from './config.js';
import { TriageModule } from './triage.module.js';

await bootService(TriageModule, config);
