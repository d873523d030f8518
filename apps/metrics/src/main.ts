import 'reflect-metadata';
import { bootService } from '#libs/platform';
import { config } from './config.js';
import { MetricsModule } from './metrics.module.js';

await bootService(MetricsModule, config);
