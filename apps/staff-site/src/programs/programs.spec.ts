import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const at = '2026-07-01T09:30:00.000000Z';
const fine = { program: 'partner-police', origin: 'https://hooks.example.test', setAt: at, goneAt: null, goneWhy: null, waiting: 2, setAside: 0, oldestWaiting: at };
const gone = { program: 'partner-hospital', origin: 'https://other.example.test', setAt: at, goneAt: at, goneWhy: 'gone', waiting: 0, setAside: 1, oldestWaiting: null };
const overrun = { ...gone, program: 'partner-vendor', goneWhy: 'too_many' };
const setAside = { id: '0190c1d2-0000-7000-8000-0000000000a1', program: 'partner-hospital', state: 'decided', happenedAt: at, tries: 9, trouble: 'gone', answered: 410 };

async function shown(role: string, answer: object): Promise<{ payload: string; asked: string[] }> {
  const services = jest.fn<typeof fetch>(async () => Response.json(answer));
  const site = await AStaffSite.start({ visitor: visitorAs(role), services });
  const { payload } = await site.get('/programs');
  await site.close();
  return { payload, asked: services.mock.calls.map(([input]) => new URL(String(input)).pathname) };
}

describe('partners’ programs', () => {
  it('are shown with where they are told, what waits and what was set aside', async () => {
    const { payload, asked } = await shown('administrator', { items: [fine, gone], setAside: [setAside] });
    expect(asked).toEqual(['/webhooks']);
    for (const text of ['2 programs are told', 'https://hooks.example.test', '2 waiting, the first since 1 July 2026, 10:30am', 'it said that it is there no more', '1 set aside', '9 tries', 'Decided, 1 July 2026, 10:30am', 'It said that it is there no more (410)', setAside.id]) expect(payload).toContain(text);
  });
  it('say where more waited than is kept', async () => {
    const { payload } = await shown('administrator', { items: [overrun], setAside: [{ ...setAside, program: 'partner-vendor', trouble: 'too_many', answered: null, tries: 0 }] });
    for (const text of ['Told nothing since 1 July 2026, 10:30am: more waited for it than is kept', 'More waited for it than is kept</td>', '0 tries']) expect(payload).toContain(text);
  });
  it('are none where none wants to be told', async () => expect((await shown('data_manager', { items: [], setAside: [] })).payload).toContain('No program is told of changes.'));
});
