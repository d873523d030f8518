import 'reflect-metadata';
import { run } from '#libs/pages';
import { createStaffSite } from './app.js';
import { readConfig } from './config.js';

const config = readConfig(process.env);
await run(await createStaffSite(config), { host: config.HOST, port: config.PORT });
