import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, HttpException, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { hearOut } from './hear-out.js';
import { takeFiles } from './take-files.js';

@Controller()
class Taking {
  /** Reads as much of a file as says that it is too long. */
  @Post()
  async take(@Req() request: FastifyRequest): Promise<object> {
    let bytes = 0;
    for await (const chunk of (await request.file())!.file) {
      bytes += (chunk as Buffer).length;
      if (bytes > 300_000) throw new HttpException('too long', 413);
    }
    return { bytes };
  }
}

@Module({ controllers: [Taking] })
class TakingModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(TakingModule, new FastifyAdapter({ bodyLimit: 1_000 }), { logger: false });
  await takeFiles(app);
  hearOut(app);
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

/** Sends a file of so many pieces, one after another. */
async function send(pieces: number) {
  const asked = request(await app.getUrl(), { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=between' } });
  let sent = 0;
  const answer = new Promise((resolve, reject) => {
    asked.on('error', reject).on('response', ({ statusCode }) => resolve({ statusCode, sent }));
  });
  asked.write('--between\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
  for (; sent < pieces; sent += 1) {
    asked.write(Buffer.alloc(100_000, 'x'));
    await pause(5);
  }
  asked.end('\r\n--between--\r\n');
  return answer;
}

describe('a file in a form', () => {
  it('is read as it comes, however long a body may be otherwise', async () => expect(await send(3)).toEqual({ statusCode: 201, sent: 3 }));
  it('that is refused half way is heard out, and the answer comes', async () => expect(await send(30)).toEqual({ statusCode: 413, sent: 30 }));
  it('that breaks off harms nobody', async () => {
    const asked = request(await app.getUrl(), { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=between' } });
    asked.on('error', () => {});
    asked.write('--between\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of it');
    await pause(20);
    asked.destroy();
    expect(await send(1)).toEqual({ statusCode: 201, sent: 1 });
  });
});
