import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ContractOf } from '#libs/contracts';
import type { Finding } from '#libs/journal';
import { Follows, ToldRestrictions } from '#libs/platform';
import { peerAt } from '#libs/testing';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { aDecision, ASection42 } from './a-section42.js';

type Restricted = ContractOf<'safeguarding.concern.restricted.v1'>;
type KeptFrom = ContractOf<'safeguarding.concern.kept-from.v1'>;
type GlassBroken = ContractOf<'safeguarding.concern.glass-broken.v1'>;

const [named, other, third] = ['staff-manager-1', 'staff-worker-2', 'staff-worker-3'];
const concern = randomUUID();
const id = enquiryIdOf(concern);

let triage: Server;
let section42: ASection42;
let told: (Restricted | GlassBroken | KeptFrom | ReturnType<typeof aDecision>)[];
let restrictions: ToldRestrictions;

beforeEach(async () => {
  told = [aDecision(concern)];
  triage = createServer((request, response) => {
    const after = Number(new URL(request.url!, 'http://triage').searchParams.get('after'));
    response.end(told.map((one, at) => `${JSON.stringify({ position: at + 1, ...one })}\n`).slice(after).join(''));
  });
  triage.listen(0, '127.0.0.1');
  await once(triage, 'listening');
  section42 = await ASection42.make('http://127.0.0.1:9');
  restrictions = new ToldRestrictions({
    connect: () => section42.maintaining(),
    tellers: [peerAt(`http://127.0.0.1:${(triage.address() as AddressInfo).port}`)],
    follows: new Follows(enquiryIdOf),
    everyMs: 10,
  });
});
afterEach(async () => {
  await section42.close();
  triage.closeAllConnections();
  triage.close();
});

const aRestriction = (openTo: string[], sequence: number): Restricted => ({ ...aDecision(concern), sequence, type: 'safeguarding.concern.restricted.v1', data: { openTo } });
const aGlass = (by: string, sequence: number, until = '2999-01-01T00:00:00.000000Z'): GlassBroken => ({ ...aDecision(concern), sequence, type: 'safeguarding.concern.glass-broken.v1', data: { by, until } });

const aKeeping = (staff: string[], sequence: number, kept = true): KeptFrom => ({ ...aDecision(concern), sequence, type: 'safeguarding.concern.kept-from.v1', data: { staff, kept } });

/** It is told; and taken, unless that is still to come. */
async function tell(one: Restricted | GlassBroken | KeptFrom, { isTaken = true } = {}): Promise<void> {
  told.push(one);
  if (!isTaken) return;
  await section42.all.query('insert into inbox (message_id) values ($1)', [one.id]);
  if (one.type === 'safeguarding.concern.kept-from.v1') return section42.tell((here, context) => here.keptFrom([one], context));
  await section42.tell((here, context) => (one.type === 'safeguarding.concern.restricted.v1' ? here.restricted([one], context) : here.glassBroken([one], context)));
}

async function found(): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const one of restrictions.run()) all.push(one);
  return all;
}
const rows = () => section42.all.query(`select named, kept, since, until, sequence from restriction where record_id = $1 order by named, kept`, [id]);

describe('to whom an enquiry is open', () => {
  it('holds as it was told, in whatever order that was taken', async () => {
    await tell(aRestriction([named, other], 4));
    await tell(aRestriction([third], 2));
    await tell(aGlass(third, 3));
    await tell(aGlass(other, 5));
    expect(await found()).toEqual([]);
    await tell(aRestriction([named], 6));
    expect(await found()).toEqual([]);
    await tell(aGlass(third, 7, '2998-01-01T00:00:00.000000Z'));
    expect(await found()).toEqual([]);
    await tell(aRestriction([], 8));
    expect(await found()).toEqual([]);
    await tell(aRestriction([named], 9), { isTaken: false });
    expect(await found()).toEqual([]);
  });

  it('holds with whom it is kept from as it was told', async () => {
    await tell(aKeeping([named, other], 4));
    await tell(aKeeping([other], 3, false));
    await tell(aRestriction([named], 5));
    await tell(aGlass(other, 6));
    await tell(aKeeping([named], 7, false));
    expect(await found()).toEqual([]);
    const before = await rows();
    await section42.all.query(`update restriction set until = null where named = $1 and kept`, [named]);
    await section42.all.query(`delete from restriction where named = $1 and kept`, [other]);
    expect(new Set((await found()).map(({ what }) => what))).toEqual(new Set(['a restriction is kept otherwise than was told', 'a restriction was told and is not kept whole']));
    expect(await restrictions.mend()).toBe(1);
    expect([await rows(), await found()]).toEqual([before, []]);
  });

  it.each(['', named, third])('is found where the row of %p was lost, and put right', async (lost) => {
    await tell(aRestriction([named], 2));
    await tell(aGlass(third, 3));
    const before = await rows();
    expect(before).toHaveLength(3);
    await section42.all.query('delete from restriction where named = $1', [lost]);
    expect(await found()).toEqual([{ what: 'a restriction was told and is not kept whole', where: { table: 'restriction', record: id } }]);
    expect(await restrictions.mend()).toBe(1);
    expect([await rows(), await found()]).toEqual([before, []]);
    expect(await restrictions.mend()).toBe(0);
  });

  it('is found where it is kept otherwise than was told, or nobody told it, and put right', async () => {
    await tell(aRestriction([named], 2));
    await tell(aGlass(third, 3, '2020-01-01T00:00:00.000000Z'));
    const before = await rows();
    await section42.all.query(`update restriction set until = '2999-01-01' where named = $1`, [third]);
    await section42.all.query(`insert into restriction (record_id, named, authority, since, sequence) values ($1, $2, 'E06000062', now(), 2)`, [id, other]);
    expect((await found()).map(({ what }) => what)).toEqual(['a record is kept as restricted, or as open to somebody, and nobody told of it', 'a restriction is kept otherwise than was told']);
    expect(await restrictions.mend()).toBe(1);
    expect([await rows(), await found()]).toEqual([before, []]);
  });
});
