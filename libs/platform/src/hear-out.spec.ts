import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { hearOut } from './hear-out.js';

@Controller()
class Taking {
  @Post()
  take(): void {}
}

@Module({ controllers: [Taking] })
class TakingModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(TakingModule, new FastifyAdapter({ bodyLimit: 1_000 }), { logger: false });
  hearOut(app);
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

it('answers somebody who sends too much once they have sent it', async () => {
  const chunk = Buffer.alloc(100_000, ' ');
  const asked = request(await app.getUrl(), { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': 5 * chunk.length } });
  let sent = 0;
  const answer = new Promise((resolve, reject) => {
    asked.on('error', reject).on('response', ({ statusCode }) => resolve({ statusCode, sent }));
  });
  while (sent < 5) {
    asked.write(chunk);
    sent += 1;
    await pause(20);
  }
  asked.end();
  expect(await answer).toEqual({ statusCode: 413, sent: 5 });
});
