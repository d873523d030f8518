import { Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardAnswers } from './answer-headers.js';
import { ProblemFilter } from './problem.js';

@Controller()
class Answering {
  @Get('taken')
  taken(): object {
    return { taken: true };
  }

  @Get('broken')
  broken(): void {
    throw new Error('a fault that quotes <what> somebody typed');
  }
}

@Module({ controllers: [Answering], providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
class AnsweringModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(AnsweringModule, new FastifyAdapter(), { logger: false });
  guardAnswers(app);
  app.getHttpAdapter().getInstance().addHook('onRequest', async (request, reply) => (request.url === '/away' ? reply.status(503).send('{}') : undefined));
  await app.init();
});
afterAll(() => app.close());

describe('ASVS 5.0 V3.4, V14.3.2, V16.5.1: an answer of a service', () => {
  it.each([['/taken', 200], ['/nowhere', 404], ['/broken', 500], ['/away', 503]])('is kept by nobody, framed by nobody and taken for what it says it is: %s', async (url, status) => {
    const { statusCode, headers } = await app.inject({ url });
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000; includeSubDomains', 'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('ASVS 5.0 V16.5.1, check 30: tells nothing of what broke but a reference', async () => {
    const { body, headers } = await app.inject({ url: '/broken' });
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      type: 'about:blank', title: 'Internal Server Error', status: 500, reference: expect.stringMatching(/^[\w-]{36}$/),
      detail: 'Something went wrong here; nothing was taken. The reference finds it in the log.',
    });
  });
});
