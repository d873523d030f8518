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
});
