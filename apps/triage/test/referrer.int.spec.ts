import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
/** The directory, as triage asks it: what it was asked, and what it says. */
let directory: Server;
let status = 200;
const asked: { partner: string; authority: string }[] = [];
const organisation = { id: 'o1', kind: 'home_care', name: 'Invented Care at Home' };

beforeAll(async () => {
  directory = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const question = JSON.parse(body) as { partner: string; authority: string };
      asked.push(question);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ organisation: ['staff-partner-2', 'staff-partner-north-2'].includes(question.partner) ? null : organisation }));
    });
  });
  await new Promise<void>((listening) => directory.listen(0, '127.0.0.1', listening));
  triage = await ATriage.make(0, { DIRECTORY_URL: `http://127.0.0.1:${(directory.address() as AddressInfo).port}` });
}, 60_000);
afterAll(async () => {
  await triage?.close();
  directory.close();
});

/** What the page of a concern says of whoever raised it. */
async function referrerOf(id: string) {
  const { body } = await triage.ask('GET', `/concerns/${id}/case`);
  const [received] = body['story'] as { account: string }[];
  return { type: body['referrerType'], ...(JSON.parse(received!.account) as { referrer: object }).referrer };
}

describe('whoever raises a concern for a partner organisation', () => {
  it('is shown with it, and need not say it', async () => {
    expect(await referrerOf(await triage.raised({ referrer: { name: 'Inventa' } }))).toEqual({ name: 'Inventa', organisation: 'Invented Care at Home', type: 'home_care' });
    expect((await triage.ask('GET', '/concerns/referrer', { as: 'staff-partner-1' })).body).toEqual({ organisation: { name: 'Invented Care at Home', type: 'home_care' } });
    expect(asked).toEqual([{ partner: 'staff-partner-1', authority: 'E06000062' }]);
  });

  it('may say it in other words', async () => {
    expect(await referrerOf(await triage.raised({ referrer: { organisation: 'The night team', type: 'other' } }))).toEqual({ organisation: 'The night team', type: 'other' });
  });

  it('may be a program, alone or with many at once', async () => {
    expect(await referrerOf(await triage.raised({}, 'partner-police'))).toMatchObject({ organisation: 'Invented Care at Home' });
    const items = ['one', 'two'].map((key) => ({ key, concern: { authority: 'E06000062', worry: 'A worry. (Invented.)' } }));
    const { body } = await triage.ask('POST', '/concerns/batch', { as: 'partner-hospital', body: { items } });
    for (const { id } of body['items'] as { id: string }[]) expect(await referrerOf(id)).toMatchObject({ organisation: 'Invented Care at Home', type: 'home_care' });
  });

  it('is not told what the staff may do with it, and which councils there are where it names none', async () => {
    const body = { authority: 'E06000062', worry: 'A worry. (Invented.)' };
    const taken = await triage.ask('POST', '/concerns', { as: 'partner-police', body });
    expect(taken).toMatchObject({ status: 201, body: { reference: expect.any(String), missing: expect.any(Array), authority: 'E06000062' } });
    expect(taken.body).not.toHaveProperty('permitted');
    expect((await triage.ask('POST', '/concerns', { as: officer, body })).body).toHaveProperty('permitted');
    const refused = await triage.ask('POST', '/concerns', { as: 'partner-police', body: { worry: 'A worry. (Invented.)' } });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringMatching(/authority: Say which council.*E06000061.*E06000062/)]);
  });

  it('raises the same concern twice under one key, whatever the directory says meanwhile', async () => {
    const raise = () => triage.ask('POST', '/concerns', { as: 'partner-hospital-north', key: 'once', body: { authority: 'E06000061', worry: 'A worry. (Invented.)' } });
    const first = await raise();
    organisation.name = 'Renamed';
    expect((await raise()).body).toEqual(first.body);
    organisation.name = 'Invented Care at Home';
  });

  it('is not asked for where nobody signed in, nor known where none is registered', async () => {
    asked.length = 0;
    const { body } = await triage.ask('POST', '/concerns', { as: 'public-form', body: { authority: 'E06000062', worry: 'A worry. (Invented.)' } });
    expect([await referrerOf(body['id'] as string), asked]).toEqual([{ type: null }, []]);
    expect(await referrerOf(await triage.raised({}, 'staff-partner-2'))).toEqual({ type: null });
    expect((await triage.ask('GET', '/concerns/referrer', { as: 'public-form' })).body).toEqual({ organisation: null });
    expect((await triage.ask('GET', '/concerns/referrer', { as: officer })).body).toEqual({ organisation: null });
  });

  it('is taken also where the directory does not answer', async () => {
    status = 503;
    const { status: taken, body } = await triage.ask('POST', '/concerns', { as: 'partner-police-north', body: { authority: 'E06000061', worry: 'A worry. (Invented.)' } });
    expect([taken, body['reference']]).toEqual([201, expect.any(String)]);
    expect((await triage.ask('GET', '/concerns/referrer', { as: 'partner-police-north' })).body).toEqual({ organisation: null });
  });
});

describe('as whom a partner raised it', () => {
  it('stays for them as they said, whatever an officer put right', async () => {
    const id = await triage.raised({ referrer: { type: 'care_home' } });
    await triage.act(id, 'correct', { field: 'referrerType', value: 'self', reason: 'They told of themselves. (Invented.)' });
    expect((await triage.ask('GET', `/concerns/${id}`, { as: 'staff-partner-1' })).body).toMatchObject({ isOwn: false });
    expect((await triage.ask('GET', `/concerns/${id}/case`)).body).toMatchObject({ referrerType: 'self' });
  });
});

describe('a partner who may be causing the harm, or be close to whoever does', () => {
  const partner = 'staff-partner-1';
  const provider = { referrer: { type: 'care_home' }, abuseTypes: ['physical'] };
  const seen = async (id: string) => {
    const [{ body, etag }, all] = [await triage.ask('GET', `/concerns/${id}`, { as: partner }), await triage.ask('GET', '/concerns/raised', { as: partner })];
    return { body, etag, listed: (all.body['items'] as { id: string }[]).find((one) => one.id === id) };
  };

  it('sees that it was received and nothing more, alike by every way and whatever is done with it', async () => {
    const id = await triage.raised({ ...provider, sourceOfRisk: 'service_provider' });
    const before = await seen(id);
    expect(before.body).toMatchObject({ status: 'awaiting-triage', stage: 'received', missing: expect.arrayContaining(['person_name']), decidedAt: null, feedback: null });
    expect(before.listed).toEqual(before.body);
    await triage.act(id, 'assign', { to: 'staff-triage-1' });
    await triage.act(id, 'ask', { what: ['when_it_happened'], message: 'Rang. (Invented.)' });
    await triage.act(id, 'answer', { what: ['person_name'], answer: 'Rang another. (Invented.)' });
    await triage.act(id, 'triage', noFurtherAction);
    expect(await seen(id)).toEqual(before);
  });

  it('sees from when it comes out what they would see of one that nobody has looked at', async () => {
    const [id, untouched] = [await triage.raised(provider), await triage.raised(provider)];
    await triage.act(id, 'triage', noFurtherAction);
    expect((await seen(id)).body).toMatchObject({ stage: 'decided', feedback: 'owed' });
    await triage.act(id, 'correct', { field: 'sourceOfRisk', value: 'service_provider', reason: 'It was their own staff.' });
    const [of, { body }] = [await seen(id), await seen(untouched)];
    expect(of.listed).toEqual(of.body);
    expect({ ...of.body, id: '', reference: '', receivedAt: '' }).toEqual({ ...body, id: '', reference: '', receivedAt: '' });
  });
});
