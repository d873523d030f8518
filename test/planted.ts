import { eventually } from './asking.ts';
import { decision, raise } from './line.ts';
import type { TestSystem } from './system.ts';

/** What a page must show as it is: a script, two templates, and text that turns the line around. */
export const nasty = '<script>document.title="run"</script><img src=x onerror=alert(1)>{{1234567*7}}${1234567*7}\u202eevil\u202c';
export const inName = '<b>Testa</b>{{1234567*7}}';

/** What was planted, as it must never stand on a page, and as it must. */
export const asCode = /<script>document|<img src=x|<b>Testa|8641969/;
export const asText = /&lt;script&gt;document|&lt;b&gt;Testa/;

/** A concern that waits, one that came to an enquiry and a DoLS request, with what is no plain text wherever somebody may type. */
export async function plantEverywhere(system: TestSystem): Promise<void> {
  const person = { givenName: inName, familyName: nasty.slice(0, 60), postcode: 'NN1 1AA', address: nasty };
  const typed = { worry: nasty, person, wishes: { asked: 'asked_and_expressed', words: nasty } };
  const triage = system.as('triage', 'staff-triage-1');
  const raised = async (): Promise<string> => {
    const { status, body } = await system.as('triage', 'staff-partner-1').post('/concerns', { ...raise, ...typed });
    expect(status).toBe(201);
    await eventually(async () => (await triage.get(`/concerns/${body.id}`)).body.personId, (personId) => personId !== null);
    return body.id as string;
  };
  const [waiting, decided] = [await raised(), await raised()];
  const act = async (id: string, what: string, body: object) => expect([what, await triage.post(`/concerns/${id}/${what}`, body, { etag: (await triage.get(`/concerns/${id}`)).etag })]).toEqual([what, expect.objectContaining({ status: 200 })]);
  await act(waiting, 'ask', { what: ['consent'], message: nasty });
  const limb = { answer: 'yes', reason: nasty };
  await act(decided, 'triage', { ...decision, limbs: { needs: limb, risk: limb, unable: limb }, reason: nasty });
  const asked = await system.as('dols', 'staff-dols-1').post('/requests', { authority: 'E06000062', kind: 'new', setting: 'care_home_residential', managingAuthority: nasty, person });
  expect(asked.status).toBe(201);
}
