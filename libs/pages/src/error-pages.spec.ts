import { type ArgumentsHost, BadRequestException, ForbiddenException, NotFoundException } from '@nestjs/common';
import { ErrorPages } from './error-pages.js';
import { NotAllowed, NotBegun, ServiceUnavailable } from './service-client.js';
import { visiting } from './visitor.js';

let notes: object[] = [];
let shown: string[] = [];
const log = { warn: (line: object) => notes.push(line), error: (line: object) => notes.push(line) };
const pages = new ErrorPages({ render: (_template, model) => JSON.stringify(model) }, log as never);
const reply = { generateCsrf: () => 'a token', status: () => reply, type: () => reply, header: () => reply, send: (page: string) => shown.push(page) };
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

describe('a form whose service does not answer', () => {
  const shownFor = (body: object, error: Error = new ServiceUnavailable('triage')) => {
    const asked = { switchToHttp: () => ({ getRequest: () => ({ ...request, body }), getResponse: () => reply }) } as unknown as ArgumentsHost;
    pages.catch(error, asked);
    return JSON.parse(shown.at(-1)!) as { title: string; form?: { fields: object[] }; isUnsent?: boolean };
  };
  const typed = { worry: 'a worry', key: 'k1' };

  it('may have been recorded, and is kept where it can be sent again', () => {
    expect(shownFor(typed)).toMatchObject({ title: 'It is not known whether it was recorded', isUnsent: false, form: { fields: [{ name: 'worry', value: 'a worry' }, { name: 'key', value: 'k1' }] } });
    expect(shownFor({ worry: 'a worry' })).toMatchObject({ title: 'It is not known whether it was recorded' });
    expect(shownFor({ worry: 'a worry' })).not.toHaveProperty('form');
  });

  it('was surely not recorded where nothing was sent that could change anything', () => {
    visiting({ visitor: undefined, formToken: () => '' }, () => {
      expect(shownFor(typed)).toMatchObject({ title: 'It was not recorded', isUnsent: true, form: { isWhole: true } });
      expect(shownFor({ worry: 'a worry' })).toMatchObject({ title: 'This could not be taken just now', form: { fields: [{ name: 'worry', value: 'a worry' }] } });
    });
  });

  it('was not begun where nobody can say whom it is from, and is noted with why', () => {
    expect(shownFor(typed, new NotBegun('who', { cause: new ServiceUnavailable('sessions') }))).toMatchObject({ form: { fields: [{ name: 'worry' }, { name: 'key' }] } });
    expect(notes).toEqual([expect.objectContaining({ service: 'sessions', reference: 'a-reference' })]);
    expect(JSON.stringify(notes)).not.toMatch(/worry/);
  });
});
