import 'reflect-metadata';
import { bootService } from '#libs/platform';
import { config } from './config.js';
import { Section42Module } from './section42.module.js';

await bootService(Section42Module, config);
