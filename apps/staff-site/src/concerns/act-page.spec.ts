import { ACasePage, at, waiting } from '../../test/a-case-page.js';

describe('what stands beside a form', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => page.begin());

  it.each(['decide', 'ask', 'wishes'])('shows beside the form of %s that the person is in danger, unfolded, and what came later, the newest first', async (act) => {
    const told = (sequence: number, answer: string) => ({ sequence, type: 'MoreAnswered', at: at(10 + sequence), actor: 'public-form', answer, from: 'referrer', inDanger: 'yes', immediateRisk: true });
    const [received] = waiting.story;
    page.held = { ...waiting, story: [{ ...received, actor: 'public-form' }, told(2, 'He shouts.'), told(3, 'She <cries>.')] };
    const { payload } = await page.get(act);
    const [head, panel] = [payload.slice(0, payload.indexOf('<aside')), payload.slice(payload.indexOf('<aside'), payload.indexOf('</aside>'))];
    expect(head).toContain('in danger now, last on 1 July 2026, 2:00pm');
    expect(/What came later[\s\S]*2:00pm, whoever raised it: [^<]*in danger now[\s\S]*She &lt;cries&gt;\.[\s\S]*He shouts\.[\s\S]*What worries them/.test(panel)).toBe(true);
    page.held = { ...waiting, immediateRisk: false };
    expect((await page.get(act)).payload).not.toMatch(/in danger now,|What came later/);
  });

  it.each<[string, object, { referrer?: object; details?: object }, string]>([
    ['has an account', { followedBy: 'account', ways: [] }, {}, 'on their own page of the partner site, and can answer there'],
    ['can have a code', { followedBy: 'code', ways: ['text'] }, { referrer: { phone: '07700 900001' } }, 'When they ask for a code, which is sent by text message, they see what is ticked here'],
    ['gave a landline alone', { followedBy: 'code', ways: [] }, { referrer: { phone: '01632 960001' } }, 'a code to open one goes by email or to a mobile number, and they gave neither. Somebody has to ring them.'],
    ['could be put in danger', { followedBy: 'code', ways: ['email', 'text'] }, { referrer: { email: 'a@example.test', phone: '07700 900001' }, details: { contactRisky: 'not_sure' } }, 'no code to open one is sent, since that could be dangerous. They did not say how it is safe: ring nobody before you have found a safe way.'],
    ['said how, and not whether', { followedBy: 'code', ways: ['email'] }, { referrer: { email: 'a@example.test' }, details: { safeContact: 'Mornings' } }, 'and not whether a message could be dangerous. Somebody has to ask them otherwise.'],
    ['follows nothing', { ways: [] }, { referrer: { phone: '01632 960001' } }, 'has no page on which they would see this. Somebody has to ring them.'],
  ])('says where more is asked for what whoever raised it sees of that: who %s', async (_who, more, account, said) => {
    page.held = { ...waiting, ...more, story: [{ ...waiting.story[0], account: JSON.stringify({ worry: 'x', ...account }) }] };
    const { payload } = await page.get('ask');
    expect(payload).toContain(said);
    expect(payload.includes('and can answer there')).toBe(/account|code, which/.test(said) || said.includes('own page'));
  });
});
