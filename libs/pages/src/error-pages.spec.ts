import { type ArgumentsHost, BadRequestException, ForbiddenException, NotFoundException } from '@nestjs/common';
import { ErrorPages } from './error-pages.js';
import { NotAllowed } from './service-client.js';

let notes: object[] = [];
let shown: string[] = [];
const log = { warn: (line: object) => notes.push(line), error: (line: object) => notes.push(line) };
const pages = new ErrorPages({ render: (_template, model) => JSON.stringify(model) }, log as never);
const reply = { status: () => reply, type: () => reply, header: () => reply, send: (page: string) => shown.push(page) };
const request = { method: 'POST', url: '/concerns/0190c1d2?name=Inventa', id: 'a-reference', routeOptions: { url: '/concerns/:id' }, body: { worry: 'a worry' } };
const host = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }) } as unknown as ArgumentsHost;
const broken = () => new TypeError('a worry about Inventa');

beforeEach(() => {
  notes = [];
  shown = [];
});

describe('ASVS 5.0 V16.3.3: a page that could not be shown', () => {
  it.each([
    ['without the token of its form', new ForbiddenException(), 403],
    ['with what cannot be read', new BadRequestException('Inventa'), 400],
    ['by somebody who may not', new NotAllowed('You may not.'), 403],
  ])('because it was asked for %s is a line of the log, with the route', (_how, error, status) => {
    pages.catch(error, host);
    expect(notes).toEqual([{ kind: 'refused', status, method: 'POST', route: '/concerns/:id' }]);
  });

  it('because it is not there is no line, and because of a fault of ours one with the reference that is shown', () => {
    pages.catch(new NotFoundException(), host);
    expect(notes).toEqual([]);
    pages.catch(broken(), host);
    expect(notes).toEqual([expect.objectContaining({ reference: 'a-reference', error: expect.objectContaining({ name: 'TypeError' }) })]);
    expect(shown.at(-1)).toContain('a-reference');
  });

  it('tells nobody what was typed, nor what broke', () => {
    for (const error of [new BadRequestException('Inventa'), broken()]) pages.catch(error, host);
    expect(JSON.stringify([notes, shown])).not.toMatch(/Inventa|worry|0190c1d2/);
  });
});
