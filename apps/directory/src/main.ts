import 'reflect-metadata';
import { bootService } from '#libs/platform';
import { config } from './config.js';
import { DirectoryModule } from './directory.module.js';

await bootService(DirectoryModule, config);
