import { inventedAccountOf, inventedStaff, staffMemberIdOf } from '#libs/platform';
import { eventually } from '../asking.ts';
import { decision, raise, today } from '../line.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

/** Tries an act and tells what was answered: the status, and the code of the rule that refused it. */
async function tried(service: string, path: string, body: object): Promise<[number, string | undefined]> {
  const somebody = system.as(service, service === 'triage' ? 'staff-triage-1' : path.endsWith('/decide') ? 'staff-authoriser-1' : 'staff-dols-1');
  const record = path.split('/').slice(0, 3).join('/');
  const { etag } = await somebody.get(record);
  const answer = await somebody.post(path, body, { etag });
  return [answer.status, answer.body.code];
}

async function received(service: string, path: string, body: object): Promise<string> {
  const somebody = system.as(service, service === 'triage' ? 'staff-triage-1' : 'staff-dols-1');
  const answer = await somebody.post(path, body);
  expect(answer.status).toBe(201);
  const record = `${path}/${answer.body.id}`;
  // The answer of `people` would otherwise change the version between a look and an act.
  await eventually(() => somebody.get(record), ({ body: now }) => now.personId !== null);
  return record;
}

describe('a concern', () => {
  const limb = (name: string, answer: string) => ({ ...decision, limbs: { ...decision.limbs, [name]: { answer, reason: 'Because.' } } });
  let concern: string;
  beforeAll(async () => (concern = await received('triage', '/concerns', raise)));

  it.each([
    ['without a reason', { ...decision, reason: ' ' }, 'concern/reason-required'],
    ['without the reason of a limb', { ...decision, limbs: { ...decision.limbs, risk: { answer: 'yes', reason: '' } } }, 'concern/limb-reason-required'],
    ['while a limb cannot be told', limb('unable', 'cannot_yet_tell'), 'concern/limb-undecided'],
    ['as a section 42 enquiry on a no', limb('unable', 'no'), 'concern/limbs-exclude-s42-enquiry'],
    ['as anything but a section 42 enquiry on three times yes', { ...decision, outcome: 'no_further_action' }, 'concern/limbs-require-s42-enquiry'],
  ])('is not decided %s', async (_how, body, code) => {
    expect(await tried('triage', `${concern}/triage`, body)).toEqual([409, code]);
  });

  it('is not decided by nobody', async () => {
    const answer = await fetch(`${system.url('triage')}${concern}/triage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-match': '"2"' },
      body: JSON.stringify(decision),
    });
    expect(answer.status).toBe(401);
  });

  it('is taken with a worry alone, against consent too, with a list to chase; wishes are asked for before the decision', async () => {
    const { authority, worry } = raise;
    const bare = await received('triage', '/concerns', { authority, worry, consent: { given: 'no', why: 'He is afraid.' } });
    const { body } = await system.as('triage', 'staff-triage-1').get(bare);
    expect([body.status, body.missing]).toEqual(['awaiting-triage', expect.arrayContaining(['wishes', 'referrer_contact'])]);
    expect(await tried('triage', `${bare}/triage`, decision)).toEqual([409, 'concern/wishes-required']);
    expect(await tried('triage', `${bare}/triage`, { ...decision, wishes: { asked: 'not_asked' } })).toEqual([409, expect.stringMatching(/^concern\//)]);
  });

  it('is decided once, and whoever raised it is told, or somebody says why not', async () => {
    expect(await tried('triage', `${concern}/triage`, decision)).toEqual([200, undefined]);
    expect(await tried('triage', `${concern}/triage`, decision)).toEqual([409, expect.stringMatching(/^concern\//)]);
    expect(await tried('triage', `${concern}/feedback`, { told: false, reason: '' })).toEqual([409, 'concern/reason-required']);
    expect(await tried('triage', `${concern}/reopen`, { reason: '' })).toEqual([409, 'concern/reason-required']);
  });
});

describe('a DoLS request', () => {
  const reason = 'Because.';
  const assessments = ['age', 'no_refusals', 'mental_capacity', 'mental_health', 'eligibility', 'best_interests'];
  const granted = { outcome: 'granted', authorisedFrom: today, authorisedTo: today, representative: { appointed: 'nobody', reason }, reason };
  let request: string;
  beforeAll(async () => (request = await received('dols', '/requests', { authority: raise.authority, person: raise.person })));

  it('waits on, whatever a screening finds, and for somebody to look', async () => {
    expect(await tried('dols', `${request}/screen`, { result: 'unlikely' })).toEqual([409, 'request/reason-required']);
    expect(await tried('dols', `${request}/screen`, { result: 'likely', legalTest: 'cheshire_west' })).toEqual([409, 'request/wrong-legal-test']);
    expect(await tried('dols', `${request}/screen`, { result: 'unlikely', reason })).toEqual([200, undefined]);
    const { body } = await system.as('dols', 'staff-dols-1').get(request);
    expect([body.status, body.toLookAt]).toEqual(['screened', ['unlikely']]);
  });

  it.each([
    ['refused without a negative assessment', { outcome: 'not_granted', reason }, 'request/negative-assessment-required'],
    ['refused on an assessment that nobody made', { outcome: 'not_granted', negativeAssessment: 'age', reason }, 'request/negative-assessment-required'],
    ['withdrawn by a relative', { outcome: 'withdrawn', source: { from: 'family_or_friend', on: today }, reason }, 'request/withdrawn-by-somebody-else'],
    ['ended by a death that nobody told of', { outcome: 'died', reason }, 'request/source-required'],
    ['granted without the six assessments', granted, 'request/assessment-missing'],
  ])('is not %s', async (_how, body, code) => {
    expect(await tried('dols', `${request}/decide`, body)).toEqual([409, code]);
  });

  it('goes to two assessors, in its turn, and is granted for less than a year', async () => {
    const pair = { bestInterestsAssessor: 'assessor-1', mentalHealthAssessor: 'assessor-2' };
    expect(await tried('dols', `${request}/allocate`, pair)).toEqual([409, 'request/not-prioritised']);
    expect(await tried('dols', `${request}/prioritise`, { band: 'high', reason: '' })).toEqual([409, 'request/reason-required']);
    expect(await tried('dols', `${request}/prioritise`, { band: 'high', reason })).toEqual([200, undefined]);
    expect(await tried('dols', `${request}/allocate`, { ...pair, mentalHealthAssessor: 'assessor-1' })).toEqual([409, 'request/same-assessor']);
    expect(await tried('dols', `${request}/allocate`, pair)).toEqual([200, undefined]);
    for (const assessment of assessments) {
      const assessor = assessment === 'mental_health' ? 'assessor-2' : 'assessor-1';
      expect(await tried('dols', `${request}/assess`, { assessment, result: 'met', assessor, assessedOn: today })).toEqual([200, undefined]);
    }
    const anniversary = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
    expect(await tried('dols', `${request}/decide`, { ...granted, authorisedTo: anniversary })).toEqual([409, 'request/authorisation-too-long']);
    expect(await tried('dols', `${request}/decide`, granted)).toEqual([200, undefined]);
  });
});

// Last: afterwards everybody is a triage officer.
describe('a concern that everybody wants', () => {
  it('ASVS 5.0 V2.3.4, check 7: twenty who take one concern at once: one of them has it', async () => {
    const path = await received('triage', '/concerns', raise);
    const twenty = inventedStaff.filter(({ authority, roles }) => authority === 'E06000062' && !roles.includes('partner') && !roles.includes('public')).map((one) => one.id);
    for (const who of twenty.filter((one) => !one.startsWith('staff-triage'))) {
      const directory = system.as('directory', who === 'staff-administrator-1' ? 'staff-administrator-2' : 'staff-administrator-1');
      const member = `/staff/${staffMemberIdOf(inventedAccountOf(who))}`;
      const given = await directory.post(`${member}/roles/give`, { role: 'triage_officer', authority: 'E06000062' }, { etag: (await directory.get(member)).etag });
      expect([who, given.status]).toEqual([who, 200]);
    }
    for (const who of twenty) await eventually(async () => (await system.as('triage', who).get(path)).status, (status) => status === 200);
    const { etag } = await system.as('triage', 'staff-triage-1').get(path);
    const answers = await Promise.all(twenty.map((who) => system.as('triage', who).post(`${path}/assign`, { to: who }, { etag })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    const { body } = await system.as('triage', 'staff-triage-1').get(path);
    expect(body.assignedTo).toBe(twenty[answers.findIndex(({ status }) => status === 200)]);
  }, 60_000);
});
