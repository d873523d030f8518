import 'reflect-metadata';
import { bootService } from '#libs/platform';
import { config } from './config.js';
import { PeopleModule } from './people.module.js';

await bootService(PeopleModule, config);
