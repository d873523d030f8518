import { afterAll, beforeEach, jest } from '@jest/globals';
import { AStaffSite, type Fields, visitorAs } from './a-staff-site.js';

export const id = '0190c1d2-0000-7000-8000-0000000000c1';
export const personId = '0190c1d2-0000-7000-8000-0000000000d1';
export const at = (hour: number) => `2026-07-01T${String(hour).padStart(2, '0')}:00:00.000000Z`;
const account = JSON.stringify({ worry: 'She is thin.\n\n<script>alert(1)</script>', referrer: { name: 'Invented Neighbour', phone: '01632 960001' }, consent: { given: 'no', why: 'afraid' }, details: { when: 'Since_Monday', policeTold: 'not_sure', othersAtRisk: ['adults', 'children'], needs: 'Speaks Inventish', personContact: 'Never_at_the_house', contactRisky: 'yes', safeContact: 'Mornings only.' } });
export const waiting = {
  id, sequence: 2, reference: 'SC-0000-0001', authority: 'E06000062', status: 'awaiting-triage', legacy: false, receivedAt: at(9),
  permitted: ['AnswerMore', 'RecordWishes', 'AskForMore', 'ConsiderLimbs', 'TriageConcern', 'AssignConcern', 'CorrectConcern', 'ProposeEnteredInError'], assignedTo: null,
  channel: 'online', referrerType: 'family_or_friend', abuseTypes: ['self_neglect'], locationType: null, sourceOfRisk: null, immediateRisk: true,
  missing: ['person_address', 'wishes'], sentBy: 'outbox', mayBeSource: false, personId, ageBand: '75-84', wishes: null, asOf: at(15),
  clocks: [{ code: 'triage_24_hours', dueAt: '2026-07-02T09:00:00.000000Z', reading: 'elapsed', state: 'running' }],
  story: [
    { sequence: 1, type: 'ConcernReceived', at: at(9), recordedAt: at(9), actor: 'staff-partner-1', account },
    { sequence: 2, type: 'MoreAskedFor', at: at(10), recordedAt: at(10), actor: 'staff-triage-1', what: ['person_address'], message: 'Rang her.' },
  ],
};
export const decided = { ...waiting, sequence: 3, status: 'triaged', permitted: ['ReopenConcern', 'TellReferrer', 'RecordReferrerNotTold'], clocks: [], decision: { outcome: 's42_enquiry', decidedAt: at(12) }, feedback: 'owed' };
const person = { id: personId, records: [{ recordId: id, recordKind: 'concern' }, { recordId: '0190c1d2-0000-7000-8000-0000000000c2', recordKind: 'concern' }], identity: { givenName: 'Inventa', familyName: 'Person', birthDate: '1946-05-01' } };
/** A decision as the form sends it, whole. */
export const decision = {
  needs: 'yes', needs_reason: 'frail', risk: 'yes', risk_reason: 'not fed', unable: 'yes', unable_reason: 'bedbound',
  outcome: 's42_enquiry', reason: 'all three', wishes: 'not_asked', wishes_words: 'asleep', sar_referral: 'no',
  protection: 'taken', protection_words: 'fed', capacity: 'not_assessed', capacity_words: 'asleep too', consent: 'not_asked_unable', support: 'not_needed',
};

const colleagues = [
  { actsAs: 'staff-triage-2', name: 'A Colleague', roles: [{ role: 'triage_officer' }], status: 'active' },
  { actsAs: 'staff-board-1', name: 'A Member', roles: [{ role: 'board_member' }], status: 'active' },
];

const asksBeside = ({ pathname }: URL): boolean => ['/people/names', '/enquiries/beside', '/requests/about'].includes(pathname);

/** The site with one concern, in front of services that answer what a test says. */
export class ACasePage {
  /** The concern as triage has it. */
  held: object = waiting;
  /** It is not there for whoever is signed in. */
  gone = false;
  /** What triage answers to what is sent. */
  taken = (): Response => Response.json({ id, sequence: 3 });
  people = (): Response => Response.json(person);
  /** What the directory answers about all places, or one. */
  places = (_id: string, _after: string | null): Response => Response.json({ items: [], next: null });
  /** What section42 and dols tell beside it. */
  enquiries = (): Response => Response.json({ items: [] });
  requests = (): Response => Response.json({ items: [], total: 0 });
  /** What people answers to what is sent. */
  corrected = (): Response => Response.json({ id: personId, sequence: 5 });

  private constructor(
    readonly site: AStaffSite,
    readonly services: jest.Mock<typeof fetch>,
  ) {}

  static async start(role = 'triage_officer'): Promise<ACasePage> {
    const services = jest.fn<typeof fetch>();
    return new ACasePage(await AStaffSite.start({ visitor: visitorAs(role), services }), services);
  }

  /** Before each test. */
  begin(): void {
    this.held = waiting;
    this.gone = false;
    this.taken = () => Response.json({ id, sequence: 3 });
    this.people = () => Response.json(person);
    this.places = () => Response.json({ items: [], next: null });
    this.corrected = () => Response.json({ id: personId, sequence: 5 });
    this.enquiries = () => Response.json({ items: [] });
    this.requests = () => Response.json({ items: [], total: 0 });
    this.services.mockReset();
    this.services.mockImplementation(async (input, init) => {
      const { host, pathname, searchParams } = new URL(String(input));
      if (pathname === '/people/names') return Response.json({ names: [{ id: personId, givenName: 'Inventa', familyName: 'Person' }] });
      if (pathname === '/enquiries/beside') return this.enquiries();
      if (pathname === '/requests/about') return this.requests();
      if (host === 'people.test') return init?.method === 'POST' ? this.corrected() : this.people();
      if (host === 'directory.test' && pathname.startsWith('/places')) return this.places(pathname.slice('/places/'.length), searchParams.get('after'));
      if (host === 'directory.test') return Response.json({ items: colleagues, next: null });
      if (init?.method === 'POST') return this.taken();
      return pathname === `/concerns/${id}/case` && !this.gone ? Response.json(this.held) : Response.json({}, { status: 404 });
    });
  }

  path = (act = ''): string => `/concerns/${id}${act && `/${act}`}`;
  get = (act = '') => this.site.get(this.path(act));
  send = (act: string, fields: Fields) => this.site.send(this.path(act), fields);
  /** Sends the form of one act by the button of another. */
  sendAs = async (form: string, act: string, fields: Fields) => this.site.sendFrom(await this.get(form), this.path(act), fields);

  /** What the services were sent, what is only asked left out. */
  sent() {
    return this.services.mock.calls
      .filter(([input, init]) => init?.method === 'POST' && !asksBeside(new URL(String(input))))
      .map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers as Record<string, string> }));
  }

  close = (): Promise<void> => this.site.close();
}

/** The same for all tests of a file; each finds the concern as it waits. */
export async function aCasePage(): Promise<ACasePage> {
  const page = await ACasePage.start();
  afterAll(() => page.close());
  beforeEach(() => page.begin());
  return page;
}
