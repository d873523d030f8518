import { randomUUID } from 'node:crypto';
import type { ContractOf } from '#libs/contracts';
import { openTo } from '#libs/journal';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { aDecision, ASection42 } from './a-section42.js';

const west = 'E06000062';
const [named, other] = ['staff-manager-1', 'staff-worker-2'];
const concern = randomUUID();
const id = enquiryIdOf(concern);

let section42: ASection42;
beforeEach(async () => {
  section42 = await ASection42.make('http://127.0.0.1:9');
});
afterEach(() => section42.close());

type Restricted = ContractOf<'safeguarding.concern.restricted.v1'>;
type KeptFrom = ContractOf<'safeguarding.concern.kept-from.v1'>;
type GlassBroken = ContractOf<'safeguarding.concern.glass-broken.v1'>;

const restricted = (names: string[], sequence: number): Promise<void> =>
  section42.tell((told, context) => told.restricted([{ ...aDecision(concern), sequence, type: 'safeguarding.concern.restricted.v1', data: { openTo: names } } as Restricted], context));
const broken = (by: string, until: string): Promise<void> =>
  section42.tell((told, context) => told.glassBroken([{ ...aDecision(concern), type: 'safeguarding.concern.glass-broken.v1', data: { by, until } } as GlassBroken], context));

const isOpen = async (to: string): Promise<boolean> => {
  const [rows, stories] = await section42.shown([west, openTo(to)]);
  expect(rows).toEqual(stories);
  return rows.includes(id);
};

const keptFrom = (staff: string[], sequence: number, kept = true): Promise<void> =>
  section42.tell((told, context) => told.keptFrom([{ ...aDecision(concern), sequence, type: 'safeguarding.concern.kept-from.v1', data: { staff, kept } } as KeptFrom], context));

describe('an enquiry whose concern is kept from somebody', () => {
  it('is not there for them, whichever comes first', async () => {
    await keptFrom([other], 2);
    await section42.take(aDecision(concern), aDecision(randomUUID()));
    expect([await isOpen(named), await isOpen(other)]).toEqual([true, false]);
    // Who says nothing of who reads sees what is kept from some, and nothing that is restricted.
    expect((await section42.shown([west]))[0]).toHaveLength(2);
  });

  it('is so by what was told last of each, in whatever order and however often, whoever it is open to', async () => {
    await section42.take(aDecision(concern));
    await keptFrom([other], 4);
    await keptFrom([other], 3, false);
    await keptFrom([other, named], 2);
    await restricted([named, other], 5);
    await broken(other, '2999-01-01T00:00:00.000000Z');
    expect([await isOpen(named), await isOpen(other)]).toEqual([false, false]);
    await keptFrom([other, named], 6, false);
    await keptFrom([other], 4);
    expect([await isOpen(named), await isOpen(other)]).toEqual([true, true]);
    await restricted([], 7);
    await keptFrom([other], 8);
    expect([await isOpen(named), await isOpen(other)]).toEqual([true, false]);
  });

  it('is waited for again where they have it', async () => {
    await section42.take(aDecision(concern));
    await section42.allocate(id, other);
    await keptFrom([other], 2);
    const mine = async (as: string) => (await section42.waiting([west, openTo(as)])).map((one) => [one.id, one.stranded]);
    expect([await mine(named), await mine(other)]).toEqual([[[id, { worker: other, why: 'kept_from' }]], []]);
  });
});

describe('an enquiry whose concern is restricted', () => {
  it('is open to the same people alone, whichever comes first', async () => {
    await restricted([named], 2);
    await section42.take(aDecision(concern), aDecision(randomUUID()));
    expect([await isOpen(named), await isOpen(other)]).toEqual([true, false]);
    expect((await section42.shown([west]))[0]).toHaveLength(1);
    expect((await section42.shown('every'))[0]).toHaveLength(2);
  });

  it('is open to those of whom was told last, in whatever order and however often', async () => {
    await section42.take(aDecision(concern));
    await restricted([other], 3);
    await restricted([named], 2);
    await restricted([other], 3);
    expect([await isOpen(named), await isOpen(other)]).toEqual([false, true]);
    await restricted([], 5);
    await restricted([named], 4);
    expect([await isOpen(named), await isOpen(other)]).toEqual([true, true]);
  });

  it('is open for a while to whoever broke the glass', async () => {
    await section42.take(aDecision(concern));
    await broken(other, '2999-01-01T00:00:00.000000Z');
    await restricted([named], 2);
    expect(await isOpen(other)).toBe(true);
    await broken('staff-worker-3', '2020-01-01T00:00:00.000000Z');
    expect(await isOpen('staff-worker-3')).toBe(false);
    await broken(named, '2020-01-01T00:00:00.000000Z');
    expect(await isOpen(named)).toBe(true);
  });

  it('is waited for again where whoever has it may not see it any more, and where they have left', async () => {
    await section42.take(aDecision(concern));
    const mine = async (as: string) => (await section42.waiting([west, openTo(as)])).map((one) => [one.id, one.stranded]);
    await section42.allocate(id, other);
    expect(await mine(named)).toEqual([]);
    await restricted([named], 2);
    expect([await mine(named), await mine(other)]).toEqual([[[id, { worker: other, why: 'not_named' }]], []]);
    await section42.allocate(id, named);
    expect(await mine(named)).toEqual([]);
    await section42.knows(named, 'active');
    expect(await mine(named)).toEqual([]);
    await section42.knows(named, 'disabled');
    expect(await mine(named)).toEqual([[id, { worker: named, why: 'left' }]]);
  });

  it('goes on with what triage tells', async () => {
    await restricted([named], 2);
    await section42.take(aDecision(concern));
    await section42.take(aDecision(concern, { decision: 2, outcome: 'other_enquiry' }));
    expect(await section42.rows()).toMatchObject([{ kind: 'other' }]);
  });
});
