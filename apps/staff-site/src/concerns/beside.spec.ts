import { aCasePage, at, waiting } from '../../test/a-case-page.js';

const other = (n: number, outcome: string | null) => ({ id: `0190c1d2-0000-7000-8000-0000000000c${n}`, reference: `SC-000${n}`, receivedAt: '2026-03-01T09:00:00.000000Z', status: 'triaged', outcome });
const enquiry = (concernId: string, more: object) => ({ id: 'e', reference: 'ENQ-1', concernId, kind: 's42', status: 'open', openedAt: at(9), worker: null, conductedBy: null, concludedAt: null, ...more });

const page = await aCasePage();

describe('what other services hold of the person', () => {
  it('are the enquiries that concerns led to, with who has them', async () => {
    const [own, before] = [waiting.id, other(2, 's42_enquiry')];
    page.held = { ...waiting, aboutThem: [before] };
    page.enquiries = () => Response.json({ items: [enquiry(own, { status: 'allocated', worker: 'staff-triage-2' }), enquiry(before.id, { status: 'concluded', concludedAt: at(12) })] });
    const { payload } = await page.get();
    for (const text of ['Its enquiry', 'Section 42 enquiry, with A Colleague.', 'Section 42 enquiry, concluded on 1 July 2026']) expect(payload).toContain(text);
  });

  it('asks for no enquiry of a decision that is not told', async () => {
    page.held = { ...waiting, aboutThem: [other(2, null)] };
    await page.get();
    const bodies = page.services.mock.calls.filter(([input]) => String(input).endsWith('/enquiries/beside')).map(([, init]) => JSON.parse(String(init!.body)));
    expect(bodies).toEqual([{ concernIds: [waiting.id] }]);
  });

  it('are DoLS requests by where they stand, however many', async () => {
    const request = { reference: 'DL-1', kind: 'new', status: 'authorised', receivedAt: at(9), outcome: 'granted', authorisedTo: '2026-12-31' };
    page.requests = () => Response.json({ items: [request, { ...request, reference: 'DL-2', kind: 'renewal', status: 'received', outcome: null, authorisedTo: null }], total: 5 });
    const { payload } = await page.get();
    for (const text of ['DL-1, request of 1 July 2026: authorised until 31 December 2026', 'DL-2, renewal of 1 July 2026: waiting for a decision', 'and 3 older ones', '5 DoLS requests']) expect(payload).toContain(text);
  });

  it('leaves the page whole where nobody can say just now', async () => {
    page.enquiries = () => Response.json({}, { status: 503 });
    page.requests = () => Response.json({}, { status: 403 });
    const { statusCode, payload } = await page.get();
    expect([statusCode, payload.includes('Its enquiry')]).toEqual([200, false]);
  });
});
