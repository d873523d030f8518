import 'reflect-metadata';
import { run } from '#libs/pages';
import { createPartnerSite } from './app.js';
import { readConfig } from './config.js';

const config = readConfig(process.env);
await run(await createPartnerSite(config), { host: config.HOST, port: config.PORT });
