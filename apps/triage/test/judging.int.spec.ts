import type { DomainEvent } from '#libs/journal';
import { publish } from '../src/concern/adapters/events/publish.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

const yes = (reason: string) => ({ answer: 'yes', reason });
const decision = {
  limbs: { needs: yes('Frail.'), risk: yes('Bruises.'), unable: yes('Bedbound.') },
  outcome: 's42_enquiry', reason: 'All three.', wishes: { asked: 'asked_not_expressed' }, sarReferral: false,
};
const circumstances = {
  protection: { answer: 'taken', words: 'Canaryneighbour stays.' },
  mentalCapacity: { answer: 'has_capacity' },
  consent: { answer: 'refused_overridden', ground: 'others_at_risk', words: 'Canarysister lives there.' },
  advocacy: { difficulties: ['weigh', 'weigh'], support: 'appropriate_person', words: 'Canaryniece.' },
};
const codes = {
  protection: 'taken', mentalCapacity: 'has_capacity',
  consent: { answer: 'refused_overridden', ground: 'others_at_risk' }, advocacy: { difficulties: ['weigh'], support: 'appropriate_person' },
};
const journalOf = (id: string) => triage.query<{ type: string; data: object }>('select type, data from journal where record_id = $1 order by sequence', [id]);
const story = async (id: string) => ((await triage.ask('GET', `/concerns/${id}/case`)).body['story'] as { type: string }[]).map(({ type }) => type);

describe('several allegations', () => {
  const theft = { abuseType: 'financial_or_material', sourceOfRisk: 'unknown_to_individual', locationType: 'community' };
  const shouting = { abuseType: 'psychological' };
  const told = async (id: string) => (await journalOf(id)).flatMap(({ type, data }) => publish({ ...data, type } as DomainEvent)).map(({ data }) => data);

  it('come in and are put right each with a source and a place, and are told to others as one list of kinds', async () => {
    const raise = (more: object, key = 'allegations') => triage.ask('POST', '/concerns', { as: 'staff-partner-1', key, body: { authority: 'E06000062', worry: 'A worry. (Invented.)', abuseTypes: ['physical', 'psychological'], sourceOfRisk: 'known_to_individual', ...more } });
    const { status, body } = await raise({ otherAllegations: [theft, shouting] });
    const [id, unsaid] = [body['id'] as string, { ...shouting, sourceOfRisk: null, locationType: null }];
    expect([status, body['otherAllegations']]).toEqual([201, [theft, unsaid]]);
    expect((await raise({ otherAllegations: [theft, shouting] })).body['id']).toBe(id);
    expect((await raise({ otherAllegations: [theft] })).status).toBe(422);
    expect((await triage.ask('GET', `/concerns/${id}`, { as: 'staff-partner-1' })).body).toMatchObject({ abuseTypes: ['physical', 'psychological', 'financial_or_material'] });

    const correct = (field: string, value: unknown, seen?: string) => (seen ? triage.ask('POST', `/concerns/${id}/correct`, { seen, body: { field, value, reason: 'She rang.' } }) : triage.act(id, 'correct', { field, value, reason: 'She rang.' }));
    expect((await correct('otherAllegations', [theft])).body).toMatchObject({ abuseTypes: ['physical', 'psychological'], otherAllegations: [theft] });
    expect((await correct('abuseTypes', ['physical'])).status).toBe(200);
    expect((await correct('otherAllegations', [shouting], '"1"')).status).toBe(412);
    expect((await correct('otherAllegations', [])).body).not.toHaveProperty('otherAllegations');
    const kinds = (await told(id)).map((data) => (data as { abuseTypes?: string[] }).abuseTypes);
    expect(kinds).toEqual([['physical', 'psychological', 'financial_or_material'], ['physical', 'psychological', 'financial_or_material'], ['physical', 'financial_or_material'], ['physical']]);
    expect((await told(id))[0]).toMatchObject({ sourceOfRisk: 'known_to_individual', locationType: null });
    expect(JSON.stringify(await told(id))).not.toContain('otherAllegations');
    expect((await triage.ask('GET', `/concerns/${id}/case`)).body['story']).toMatchObject([{ otherAllegations: [theft, unsaid] }, { correction: { field: 'otherAllegations', value: [theft] } }, {}, {}]);
  });

  it('are ten at most, each with something known, and say nothing that is not asked', async () => {
    const statusOf = async (otherAllegations: unknown) => (await triage.ask('POST', '/concerns', { as: 'staff-partner-1', body: { authority: 'E06000062', worry: 'A worry. (Invented.)', otherAllegations } })).status;
    const many = (length: number) => Array.from({ length }, () => theft);
    expect([await statusOf(many(9)), await statusOf(many(10)), await statusOf([{ locationType: null }]), await statusOf([{ locationType: 'community' }]), await statusOf([{ ...theft, name: 'x' }]), await statusOf(null)]).toEqual([201, 400, 400, 201, 400, 400]);
  });
});

describe('a decision', () => {
  it('keeps how the person stands: codes in the journal, words encrypted beside it', async () => {
    const id = await triage.raised();
    const { status, body } = await triage.act(id, 'triage', { ...decision, circumstances, sarReferral: true });
    expect([status, body]).toMatchObject([200, { decision: { circumstances: codes, sarReferral: true, decidedBy: officer } }]);
    const journal = JSON.stringify(await journalOf(id));
    expect(journal).toContain('others_at_risk');
    expect(journal).not.toContain('Canary');
    const read = JSON.stringify((await triage.ask('GET', `/concerns/${id}/case`)).body);
    for (const word of ['Canaryneighbour', 'Canarysister', 'Canaryniece']) expect(read).toContain(word);
  });

  it('is published with whether it goes to the board, and what was recorded of what the person wants', async () => {
    const id = await triage.raised();
    expect(await triage.act(id, 'triage', { ...decision, circumstances, wishes: { asked: 'could_not_ask' } })).toMatchObject({ status: 409, body: { code: 'concern/why-not-asked-required' } });
    expect((await triage.act(id, 'triage', { ...decision, circumstances, wishes: { asked: 'could_not_ask', words: 'Canarycoma.' }, sarReferral: true })).status).toBe(200);
    const told = (await journalOf(id)).flatMap(({ type, data }) => publish({ ...data, type } as DomainEvent));
    expect(told).toContainEqual({ type: 'safeguarding.concern.wishes-recorded.v1', data: { outcomesAsked: 'not_asked', couldNotAsk: true } });
    expect(told.find(({ type }) => type === 'safeguarding.concern.triaged.v1')).toMatchObject({ data: { sarReferral: true } });
    expect(JSON.stringify(told)).not.toContain('Canary');
  });

  it('that goes to another authority says to which council: by its code, which is published, or in words that stay encrypted', async () => {
    const elsewhere = { ...noFurtherAction, outcome: 'other_authority', notSafeguardingReason: 'other_authority' };
    const [known, another] = [await triage.raised(), await triage.raised()];
    expect(await triage.act(known, 'triage', { ...elsewhere, otherAuthority: {} })).toMatchObject({ status: 409, body: { code: 'concern/other-authority-required' } });
    expect((await triage.act(known, 'triage', { ...elsewhere, otherAuthority: { code: 'E06000061' } })).status).toBe(200);
    expect((await triage.act(another, 'triage', { ...elsewhere, otherAuthority: { words: 'Canaryshire' } })).status).toBe(200);
    const decided = async (id: string): Promise<DomainEvent> => {
      const { type, data } = (await journalOf(id)).find((one) => one.type === 'ConcernTriaged')!;
      return { ...data, type } as DomainEvent;
    };
    const published = await Promise.all([known, another].map(async (id) => publish(await decided(id)).map(({ data }) => (data as { otherAuthority?: string }).otherAuthority)));
    expect(published).toEqual([['E06000061'], [undefined]]);
    expect(JSON.stringify(await journalOf(another))).not.toContain('Canaryshire');
    expect(JSON.stringify((await triage.ask('GET', `/concerns/${another}/case`)).body)).toContain('"otherAuthority":{"code":null,"words":"Canaryshire"}');
  });

  it('is refused without any of it, in whatever way it is sent, and everything that is wrong is said at once', async () => {
    const id = await triage.raised();
    const { reason: _reason, outcome: _outcome, ...half } = decision;
    const { status, body } = await triage.act(id, 'triage', { ...half, limbs: { ...half.limbs, risk: { reason: 'Bruises.' } } });
    const about = (body['refusals'] as { code: string; about?: string; detail: string }[]).map(({ code, about }) => [code, about]);
    expect([status, body['code'], about]).toEqual([409, 'concern/protection-required', [
      ['concern/protection-required', undefined], ['concern/limb-answer-required', 'risk'],
      ['concern/capacity-required', undefined], ['concern/consent-required', undefined], ['concern/advocacy-required', undefined],
      ['concern/outcome-required', undefined], ['concern/reason-required', undefined],
    ]]);
  });

  it('is refused as no further action where something has still to be done, and says so of danger', async () => {
    const id = await triage.raised({ immediateRisk: 'yes' });
    const undone = { ...noFurtherAction, circumstances: { ...noFurtherAction.circumstances, protection: { answer: 'not_taken', words: 'Nobody opened. (Invented.)' } } };
    const { status, body } = await triage.act(id, 'triage', undone);
    expect([status, body['code'], body['detail']]).toEqual([409, 'concern/no-further-action-leaves-undone', expect.stringContaining('in danger now')]);
    expect((await triage.act(id, 'triage', { ...undone, outcome: 'quality_team' })).status).toBe(200);
  });

  it.each([
    [{ consent: { answer: 'refused_overridden', words: 'x' } }, 'concern/consent-ground-required'],
    [{ advocacy: { difficulties: ['weigh'], support: 'not_needed' } }, 'concern/advocacy-support-required'],
    [{ mentalCapacity: { answer: 'lacks_capacity', words: ' ' } }, 'concern/capacity-reason-required'],
  ])('is refused with half an answer, in words that say what is missing: %j', async (part, code) => {
    const id = await triage.raised();
    expect(await triage.act(id, 'triage', { ...decision, circumstances: { ...circumstances, ...part } })).toMatchObject({ status: 409, body: { code } });
  });
});

describe('what can be told so far', () => {
  const soFar = { limbs: { needs: yes('Frail.'), risk: { answer: 'cannot_yet_tell', reason: 'Canarynobody saw her.' } }, circumstances, leaning: { outcome: 'adult_risk_management', reason: 'Canarypage of reasons.', sarReferral: true }, ask: { what: ['when_it_happened'], message: 'Rang.' } };

  it('is kept, and the rest asked for, while the concern waits on as before', async () => {
    const id = await triage.raised();
    const { body: before } = await triage.ask('GET', `/concerns/${id}`);
    const { status, body } = await triage.act(id, 'consider', soFar);
    expect([status, body]).toMatchObject([200, {
      status: 'awaiting-triage', clocksFrom: before['clocksFrom'], missing: expect.arrayContaining(['when_it_happened']),
      considered: { by: officer, limbs: { needs: 'yes', risk: 'cannot_yet_tell', unable: null }, circumstances: codes, leaning: { outcome: 'adult_risk_management', sarReferral: true } },
    }]);
    expect(await story(id)).toEqual(['ConcernReceived', 'LimbsConsidered', 'MoreAskedFor']);
    expect(JSON.stringify(await journalOf(id))).not.toContain('Canary');
    expect(JSON.stringify((await triage.ask('GET', `/concerns/${id}/case`)).body)).toContain('Canarypage of reasons.');
  });

  it('is kept once, however often the same is sent', async () => {
    const id = await triage.raised();
    const { ask: _ask, ...judged } = soFar;
    await triage.act(id, 'consider', judged);
    expect((await triage.act(id, 'consider', judged)).body).toMatchObject({ sequence: 2 });
  });

  it('is published to nobody, and ends with the decision', async () => {
    const id = await triage.raised();
    await triage.act(id, 'consider', soFar);
    const told = await triage.query<{ type: string }>('select type from journal where record_id = $1 and contract_sequence is not null', [id]);
    expect(told.map(({ type }) => type)).toEqual(['ConcernReceived']);
    expect((await triage.act(id, 'triage', { ...decision, circumstances })).body).toMatchObject({ status: 'triaged', considered: null });
    expect(await triage.act(id, 'consider', soFar)).toMatchObject({ status: 409, body: { code: 'concern/not-awaiting-triage' } });
  });

  it('needs whoever keeps it to have seen the concern as it is', async () => {
    const id = await triage.raised();
    expect((await triage.ask('POST', `/concerns/${id}/consider`, { body: soFar })).status).toBe(428);
    expect((await triage.ask('POST', `/concerns/${id}/consider`, { seen: '"7"', body: soFar })).status).toBe(412);
    expect((await triage.act(id, 'consider', {})).body).toMatchObject({ code: 'concern/nothing-considered' });
  });
});
