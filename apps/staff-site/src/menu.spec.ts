import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../test/a-staff-site.js';

const emptyQueue = { items: [], total: 0, page: 1, pageSize: 50, asOf: '2026-07-01T15:00:00.000000Z' };
const navigated = (page: string): string[] => [...page.matchAll(/govuk-service-navigation__link" href="([^"]+)"/g)].map(([, href]) => href!);
const folded = (page: string): string[] => [...(/<details>\s*<summary>Menu<\/summary>([^]*?)<\/ul>/.exec(page)?.[1] ?? '').matchAll(/href="([^"]+)"/g)].map(([, href]) => href!);

describe('what somebody is offered', () => {
  it.each([
    ['triage_officer', ['/queues', '/people/find', '/restricted', '/outbox'], '/queues/triage', ['Awaiting triage', 'To be told', 'Not arrived', 'Sent on', 'Decided', 'Second looks']],
    ['manager', ['/board', '/queues', '/people/find', '/restricted', '/outbox'], '/queues/triage', ['Awaiting triage', 'To be told', 'Not arrived', 'Sent on', 'Decided', 'Second looks', 'Unallocated enquiries', 'Waiting for DoLS']],
    ['dols_administrator', ['/queues', '/people/find', '/restricted'], '/queues/dols', ['Waiting for DoLS']],
    ['data_manager', ['/board', '/people/find', '/subject-access', '/retention', '/imports/quarantine', '/messages', '/organisations', '/programs'], undefined, []],
    ['administrator', ['/imports/quarantine', '/messages', '/staff', '/organisations', '/programs'], undefined, []],
    ['auditor', ['/board', '/restricted', '/audit'], undefined, []],
    ['board_member', ['/board'], undefined, []],
    ['enquiry_worker', ['/restricted'], undefined, []],
  ])('is what their role may open: %s', async (role, expected, first, queues) => {
    const site = await AStaffSite.start({ visitor: visitorAs(role), services: jest.fn<typeof fetch>(async () => Response.json(emptyQueue)) });
    const home = (await site.get('/')).payload;
    const { headers } = await site.get('/queues');
    const shown = first && (await site.get(first)).payload;
    await site.close();
    expect([navigated(home), folded(home)]).toEqual([expected, expected]);
    expect(home.includes('class="cw-find"')).toBe(['triage_officer', 'manager', 'enquiry_worker'].includes(role));
    for (const href of [...home.matchAll(/<h2[^>]*><a class="govuk-link" href="\/(\w+)/g)].map(([, part]) => `/${part}`)) expect(expected.some((one) => one.startsWith(href))).toBe(true);
    if (shown === undefined) return;
    expect(headers.location).toBe(first);
    const tabs = /<nav aria-label="Queues">([^]*?)<\/nav>/.exec(shown)![1]!;
    expect([...tabs.matchAll(/>([^<>]+)<\/a>/g)].map(([, text]) => text)).toEqual(queues);
  });
});
