import { publish } from '../src/concern/adapters/events/publish.js';
import { Sender } from '../src/concern/adapters/post/sender.js';
import { ATriage, noFurtherAction } from './a-triage.js';

const west = 'E06000062';
const form = 'public-form';
const partner = 'staff-partner-1';
const more = { what: ['when_it_happened'], words: 'On Sunday, after tea. (Invented.)' };

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage.close());

const tell = (id: string, { as = partner, body = more as object, key }: { as?: string; body?: object; key?: string } = {}) => triage.ask('POST', `/concerns/${id}/more`, { as, body, ...(key && { key }) });
const caseOf = async (id: string) => (await triage.ask('GET', `/concerns/${id}/case`)).body as { missing: string[]; moreCameAt: string | null; clocks: object[]; status: string; followedBy: string | null; story: Record<string, unknown>[] };
const toldIn = async (id: string) => (await caseOf(id)).story.filter(({ type }) => type === 'MoreAnswered');
const enterInError = async (id: string) => {
  await triage.act(id, 'entered-in-error/propose', { reason: 'Invented.' });
  expect((await triage.act(id, 'entered-in-error/confirm', {}, 'staff-manager-1')).status).toBe(200);
};
/** A concern of the public, and what opens it. */
async function followed(referrer: object = {}) {
  const { body } = await triage.ask('POST', '/concerns', { as: form, body: { authority: west, worry: 'A worry. (Invented.)', referrer: { email: 'neighbour@example.test', ...referrer } } });
  const [id, reference] = [body['id'] as string, body['reference'] as string];
  await triage.ask('POST', '/concerns/follow/code', { as: form, body: { reference } });
  let code: string | undefined;
  for (let tries = 0; tries < 100 && !code; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await triage.app.get(Sender).go();
    const { items } = (await triage.ask('GET', '/outbox')).body as { items: { recordId: string; body: string }[] };
    code = items.flatMap((one) => (one.recordId === id ? (/\d{6}/.exec(one.body) ?? []) : []))[0];
  }
  return { id, following: (await triage.ask('POST', '/concerns/follow/begin', { as: form, body: { reference, code } })).body['following'] as string };
}
const tellByCode = (following: string, key?: string) => triage.ask('POST', '/concerns/follow/more', { as: form, body: { following, ...more }, ...(key && { key }) });

describe('telling more of a concern that one raised', () => {
  it.each([partner, 'partner-police'])('is taken of %s, told with the case as theirs, and struck from the list to chase', async (as) => {
    const id = await triage.raised({}, as);
    const before = await caseOf(id);
    const { status, body } = await tell(id, { as });
    expect([status, body]).toEqual([201, { at: expect.any(String), what: more.what }]);
    const after = await caseOf(id);
    expect(after.story.at(-1)).toMatchObject({ type: 'MoreAnswered', from: 'referrer', actor: as, what: more.what, answer: more.words });
    expect(after.missing).toEqual(before.missing.filter((item) => item !== 'when_it_happened'));
    expect([before.moreCameAt, after.moreCameAt, after.clocks, after.followedBy]).toEqual([null, body['at'], before.clocks, 'account']);
    expect((await triage.ask('GET', `/concerns/${id}`, { as })).body).toMatchObject({ told: [{ at: body['at'], what: more.what }] });
  });

  it('is kept so that nobody can read it', async () => {
    const id = await triage.raised();
    await tell(id, { key: 'kept' });
    const [kept] = await triage.query<{ all: string }>(
      `select concat_ws(' ', (select string_agg(journal::text, ' ') from journal where record_id = $1), (select string_agg(encode(cipher, 'escape'), ' ') from narrative), (select string_agg(concern::text, ' ') from concern), (select string_agg(idempotency::text, ' ') from idempotency)) as all`, [id]);
    expect(kept!.all).toContain('MoreAnswered');
    expect(kept!.all).not.toContain('after tea');
  });

  it('is done once, however often it is sent under one key, and the key is for those words alone', async () => {
    const id = await triage.raised();
    const [first, again, other] = [await tell(id, { key: 'one' }), await tell(id, { key: 'one' }), await tell(id, { key: 'one', body: { words: 'Something else.' } })];
    expect([first.status, again.status, again.body, other.status]).toEqual([201, 201, first.body, 422]);
    const both = await Promise.all([tell(id, { key: 'two' }), tell(id, { key: 'two' })]);
    expect([both.map(({ status }) => status), await toldIn(id)]).toEqual([[201, 201], [expect.anything(), expect.anything()]]);
  });

  it('is seen in the queue until somebody works on it, and after the decision in the list of what is decided', async () => {
    const id = await triage.raised();
    await tell(id);
    const shown = async (path: string) => ((await triage.ask('GET', path)).body['items'] as { id: string; moreCameAt: string | null }[]).find((one) => one.id === id);
    expect((await shown('/queue?sort=receivedAt&direction=desc'))!.moreCameAt).not.toBeNull();
    await triage.act(id, 'triage', noFurtherAction);
    expect([(await shown('/decided'))!.moreCameAt, await shown('/decided?moreCame=true')]).toEqual([null, undefined]);
    const { status } = await tell(id, { body: { words: 'It happened again. (Invented.)' } });
    expect([status, (await caseOf(id)).status, (await shown('/decided?moreCame=true'))!.moreCameAt]).toEqual([201, 'triaged', expect.any(String)]);
  });

  it('goes on with one that is restricted, of whom it is open to', async () => {
    const id = await triage.raised();
    expect((await triage.act(id, 'restriction', { names: [], why: 'staff_as_subject' }, 'staff-manager-1')).status).toBe(200);
    expect((await tell(id)).status).toBe(201);
    expect((await triage.ask('GET', `/concerns/${id}/case`)).status).toBe(404);
  });

  it('is for whoever raised it, with words, and not with what nobody asks for', async () => {
    const id = await triage.raised();
    expect((await tell(id, { as: 'staff-partner-2' })).status).toBe(404);
    expect((await tell(await triage.raised({}, form), { as: partner })).status).toBe(404);
    for (const as of ['staff-triage-1', 'staff-data-1', form]) expect((await tell(id, { as })).status).toBe(403);
    expect((await tell(id, { body: { words: ' ' } })).body).toMatchObject({ code: 'concern/words-required' });
    expect((await tell(id, { body: { what: ['everything'], words: 'x' } })).status).toBe(400);
    expect((await tell(id, { body: { words: 'x'.repeat(20_001) } })).status).toBe(400);
    expect((await triage.ask('POST', '/concerns/follow/more', { as: partner, body: { following: 'x', words: 'x' } })).status).toBe(403);
    expect(await toldIn(id)).toEqual([]);
  });
});

describe('whether they are in danger now', () => {
  interface Row { id: string; immediateRisk: string | null; moreCameAt: string | null }
  const queued = async () => (await triage.ask('GET', '/queue')).body['items'] as Row[];
  const dangerOf = async (id: string) => {
    const { missing, story, ...rest } = (await caseOf(id)) as Awaited<ReturnType<typeof caseOf>> & { immediateRisk: boolean | null };
    return { isMissing: missing.includes('immediate_risk'), immediateRisk: rest.immediateRisk, latest: story.at(-1) };
  };
  /** What other services are told of what they wrote. */
  const published = async (id: string) => {
    const rows = await triage.query<{ data: object; isTold: boolean }>(`select data, contract_sequence is not null as "isTold" from journal where record_id = $1 and type = 'MoreAnswered' order by sequence`, [id]);
    return rows.map(({ data, isTold }) => [isTold, publish({ ...data, type: 'MoreAnswered' } as never)]);
  };

  it('is raised by yes, without another word, to the top of the queue, also over an officer’s no; and never lowered', async () => {
    const [other, id] = [await triage.raised({ immediateRisk: 'no' }), await triage.raised({ details: { inDanger: 'not_sure' } })];
    expect(await dangerOf(id)).toMatchObject({ isMissing: true, immediateRisk: null });
    await tell(id, { body: { what: ['immediate_risk'], words: 'YES he is. (Invented.)' } });
    expect(await dangerOf(id)).toMatchObject({ isMissing: true, immediateRisk: null, latest: { what: [] } });
    await triage.act(id, 'correct', { field: 'immediateRisk', value: false, reason: 'Rang. (Invented.)' });
    const { status, body } = await tell(id, { body: { inDanger: 'yes' }, key: 'danger' });
    expect([status, body]).toEqual([201, { at: expect.any(String), what: ['immediate_risk'], inDanger: 'yes' }]);
    expect(await dangerOf(id)).toMatchObject({ isMissing: false, immediateRisk: true, latest: { from: 'referrer', inDanger: 'yes', immediateRisk: true, answer: null } });
    const ids = (await queued()).filter(({ immediateRisk }) => immediateRisk === 'yes').map((row) => row.id);
    expect([ids.includes(id), ids.includes(other), (await queued())[0]!.immediateRisk]).toEqual([true, false, 'yes']);
    await tell(id, { body: { inDanger: 'no' } });
    expect(await dangerOf(id)).toMatchObject({ immediateRisk: true, latest: { inDanger: 'no' } });
    expect((await triage.ask('GET', `/concerns/${id}`, { as: partner })).body).toMatchObject({ told: [{ what: [] }, { inDanger: 'yes' }, { inDanger: 'no' }] });
    expect(await published(id)).toEqual([[false, []], [true, [{ type: 'safeguarding.concern.corrected.v1', data: { immediateRisk: 'yes' } }]], [false, []]]);
  });

  it('is shown among what is decided', async () => {
    const id = await triage.raised({ immediateRisk: 'no' });
    await triage.act(id, 'triage', noFurtherAction);
    const listed = async () => ((await triage.ask('GET', '/decided')).body['items'] as { id: string; inDanger: boolean }[]).find((one) => one.id === id)!.inDanger;
    expect(await listed()).toBe(false);
    await tell(id, { body: { inDanger: 'yes' } });
    expect(await listed()).toBe(true);
  });

  it('rings where it is told after the decision, in the queue and in a list, until somebody sees to it with a reason', async () => {
    const told = async () => {
      const [queue, state, listed] = [await triage.ask('GET', '/queue'), await triage.ask('GET', '/queue/state'), await triage.ask('GET', '/decided?dangerTold=true')];
      expect(queue.body['state']).toBe(state.body['state']);
      return { count: (queue.body['counts'] as { dangerTold: number }).dangerTold, state: state.body['state'], ids: (listed.body['items'] as { id: string }[]).map(({ id }) => id) };
    };
    const [first, second] = [await triage.raised({ immediateRisk: 'yes' }), await triage.raised({ immediateRisk: 'no' })];
    for (const id of [first, second]) await triage.act(id, 'triage', noFurtherAction);
    const before = await told();
    await tell(first, { body: { inDanger: 'yes' } });
    await tell(second, { body: { inDanger: 'yes' } });
    const ringing = await told();
    expect([ringing.count - before.count, ringing.ids.slice(before.ids.length), ringing.state === before.state]).toEqual([2, [first, second], false]);
    expect((await triage.act(first, 'danger-seen-to', { reason: ' ' })).body).toMatchObject({ code: 'concern/reason-required' });
    expect(await triage.act(first, 'danger-seen-to', { reason: 'The police are with them. (Invented.)' })).toMatchObject({ status: 200 });
    expect(await triage.act(second, 'reopen', { reason: 'They are in danger. (Invented.)' })).toMatchObject({ status: 200 });
    expect(await told()).toMatchObject({ count: before.count, ids: before.ids });
    expect((await caseOf(first)).story.at(-1)).toMatchObject({ type: 'DangerSeenTo', reason: 'The police are with them. (Invented.)' });
  });

  it('is said by a code too, and no counts where nobody knew', async () => {
    const says = (following: string, inDanger: string) => triage.ask('POST', '/concerns/follow/more', { as: form, body: { following, inDanger } });
    const { id, following } = await followed();
    expect((await says(following, 'not_sure')).body).toMatchObject({ what: [], inDanger: 'not_sure' });
    expect(await dangerOf(id)).toMatchObject({ isMissing: true, immediateRisk: null });
    await says(following, 'no');
    expect(await dangerOf(id)).toMatchObject({ isMissing: false, immediateRisk: false });
    await says(following, 'yes');
    expect(await dangerOf(id)).toMatchObject({ immediateRisk: true });
    expect((await says(following, 'perhaps')).status).toBe(400);
  });
});

describe('telling more by a code', () => {
  it('is taken, shown as told, done once, and ends with the following', async () => {
    const { id, following } = await followed();
    const [first, again] = [await tellByCode(following, 'by-code'), await tellByCode(following, 'by-code')];
    expect([first.status, again.body, (await toldIn(id)).length]).toEqual([201, first.body, 1]);
    const look = await triage.ask('POST', '/concerns/follow/look', { as: form, body: { following } });
    expect(look.body).toMatchObject({ told: [{ at: first.body['at'], what: more.what }], missing: expect.not.arrayContaining(['when_it_happened']) });
    await triage.act(id, 'triage', noFurtherAction);
    expect((await tellByCode(following)).status).toBe(201);
    await triage.ask('POST', '/concerns/follow/end', { as: form, body: { following } });
    for (const one of [following, 'nonsense']) expect((await tellByCode(one)).body).toMatchObject({ code: 'concern/not-following' });
  });

  it('ends where it comes out that they may be the one who causes the harm', async () => {
    const { id, following } = await followed({ type: 'family_or_friend' });
    await triage.act(id, 'correct', { field: 'sourceOfRisk', value: 'known_to_individual', reason: 'It is her son.' });
    expect((await tellByCode(following)).body).toMatchObject({ code: 'concern/not-following' });
    expect(await toldIn(id)).toEqual([]);
  });
});

it('whoever may be the one who causes the harm is answered as if nobody had looked at it, and others are told', async () => {
  const relative = { referrer: { type: 'family_or_friend' }, sourceOfRisk: 'known_to_individual' };
  const [live, worked, taken, other] = [await triage.raised(relative), await triage.raised(relative), await triage.raised(relative), await triage.raised({ referrer: { type: 'family_or_friend' } })];
  await triage.act(worked, 'answer', { what: ['when_it_happened'], answer: 'Rang another. (Invented.)' });
  await triage.act(worked, 'triage', noFurtherAction);
  await enterInError(taken);
  await enterInError(other);
  const answers = async (id: string) => {
    const { status, body: { at: _at, ...said } } = await tell(id);
    const { body: { id: _id, reference: _reference, receivedAt: _received, told, ...seen }, etag } = await triage.ask('GET', `/concerns/${id}`, { as: partner });
    return { status, said, seen, etag, told: (told as { what: string[] }[]).map(({ what }) => what) };
  };
  const untouched = await answers(live);
  expect(untouched).toMatchObject({ status: 201, said: { what: more.what }, told: [more.what], seen: { stage: 'received' } });
  expect([await answers(worked), await answers(taken)]).toEqual([untouched, untouched]);
  const refused = await tell(other);
  expect([refused.status, refused.body['code']]).toEqual([409, 'concern/entered-in-error']);
  expect((await caseOf(worked)).story.at(-1)).toMatchObject({ type: 'MoreAnswered', from: 'referrer', answer: more.words });
});

it('whoever may be the one who causes the harm settles by no that nobody is in danger for themselves alone', async () => {
  const [source, other] = [await triage.raised({ details: { inDanger: 'not_sure' } }), await triage.raised({ details: { inDanger: 'not_sure' } })];
  await triage.act(source, 'referrer-judged', { mayBeSource: true, reason: 'It was they. (Invented.)' });
  const seen = async (id: string) => {
    const { status, body: { at: _at, ...said } } = await tell(id, { body: { inDanger: 'no' } });
    const { missing, told, stage } = (await triage.ask('GET', `/concerns/${id}`, { as: partner })).body as { missing: string[]; told: { inDanger: string }[]; stage: string };
    return { status, said, missing, told: told.map(({ inDanger }) => inDanger), stage };
  };
  expect(await seen(source)).toEqual(await seen(other));
  const known = await Promise.all([source, other].map(async (id) => (await triage.ask('GET', `/concerns/${id}/case`)).body));
  expect(known.map(({ immediateRisk, missing }) => [immediateRisk, (missing as string[]).includes('immediate_risk')])).toEqual([[null, true], [false, false]]);
});

it('asking for more says whom', async () => {
  const id = await triage.raised();
  const { status, body } = await triage.act(id, 'ask', { what: ['consent'] });
  expect([status, body['code']]).toEqual([409, 'concern/asking-unsaid']);
});
