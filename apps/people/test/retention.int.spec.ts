import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { another, at, invented, lettingGo, one } from './letting-go.js';

const { people, others: { named, enquiries, away }, publish, rows, eventually, concernAbout, isLetGo, disposedOf, unneeded, due, isDue, review, act, dispose, count, leftOf, nameOf, isFound, found, rebuild } = await lettingGo();

describe('a person whom no record needs any more', () => {
  it('is due with the last record that named them, and is named to whoever opens that alone', async () => {
    const who = invented('Abel', '9990000018');
    const [first, second] = [await concernAbout(who), await concernAbout(who)];
    expect(second.personId).toBe(first.personId);
    const id = first.personId;
    await disposedOf(first);
    expect([await count('claim', id), await isDue(id)]).toEqual([1, false]);
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/no-retention' });
    await disposedOf(second);
    const listed = (await due()).items.find((item) => item.id === id);
    expect(listed).toMatchObject({ class: 'person', years: 0, dueOn: '2026-07-01', onHold: false, proposedBy: null, reference: expect.stringMatching(/^PE-/) });
    expect(JSON.stringify(listed)).not.toContain('Abel');
    expect((await review(id)).body).toMatchObject({ id, status: 'known', isDue: true, name: { givenName: 'Ilka', familyName: 'Abel' }, permitted: ['PlaceLegalHold', 'ProposeDisposal'] });
    expect((await rows(`select what from read_audit where actor = $1 and record_ids = $2 and what <> 'people due for disposal' order by what`, one, [id])).map(({ what }) => what)).toEqual(['names', 'retention of a person']);
    expect([await isDue(id, 'staff-data-north-1'), (await review(id, 'staff-data-north-1')).status, (await review(id, 'staff-manager-1')).status]).toEqual([false, 404, 403]);
    expect((await people.ask('POST', '/people/find', { familyName: 'Abel', dateOfBirth: '1946-05-01', why: 'A test.' }, { as: one })).body).toMatchObject({ people: [] });
  });

  it('goes by two people: who they were for good, while the story, its seals and all that follows stay whole', async () => {
    const who = invented('Babel', '9990000026');
    const id = await unneeded(who);
    expect((await leftOf(id)).slice(0, 4)).toEqual([1, expect.any(Number), 0, 1]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/confirm', one)).body).toMatchObject({ code: 'person/second-person-required' });
    const before = await count('journal', id, 'record_id');
    expect((await act(id, 'disposal/confirm', another)).body).toEqual({ id, sequence: expect.any(Number), status: 'disposed', onHold: false });
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect(await count('journal', id, 'record_id')).toBe(before + 1);
    expect(await isDue(id)).toBe(false);
    const { status, body } = await people.ask('GET', `/people/${id}`, undefined, { as: one });
    expect([status, body]).toEqual([200, { id, sequence: before + 1, status: 'disposed', permitted: [], disposedAt: expect.any(String), retention: expect.objectContaining({ class: 'person' }), corrected: null, identity: null, found: [] }]);
    expect((await review(id)).body).toMatchObject({ status: 'disposed', retention: null, permitted: [], name: null });
    expect((await act(id, 'correct', 'staff-triage-1', { characteristics: { gender: 'male' }, reason: 'More came.' })).body).toMatchObject({ code: 'person/disposed' });
    expect(await found()).toEqual([]);
    expect(await rebuild()).toMatchObject({ done: { repaired: 0 } });
    expect(await rows(`select status, gender, let_go_at from person where person_id = $1`, id)).toEqual([{ status: 'disposed', gender: null, let_go_at: null }]);
    // Whoever comes afterwards is somebody new, though everything about them agrees.
    const again = await concernAbout(who);
    expect(again.personId).not.toBe(id);
    expect((await concernAbout(who)).personId).toBe(again.personId);
  }, 60_000);

  it('is kept while another service knows of a record of theirs, and while one cannot be asked', async () => {
    const { recordId, personId: id } = await concernAbout(invented('Cabel', '9990000034'));
    await disposedOf({ recordId, personId: id });
    for (const [keep, ids] of [[named.triage, id], [named.dols, id], [enquiries, recordId]] as const) {
      keep.add(ids);
      expect(await isDue(id)).toBe(false);
      expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/no-retention' });
      keep.delete(ids);
    }
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    for (const name of ['triage', 'section42', 'dols']) {
      away.add(name);
      expect(await due()).toMatchObject({ items: [], isWhole: false });
      expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'person/need-not-known' });
      away.delete(name);
    }
    named.dols.add(id);
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'person/no-retention' });
    named.dols.delete(id);
    expect((await act(id, 'disposal/confirm', another)).status).toBe(200);
  });

  it('is kept where a record comes between the two, and while a legal hold is on them', async () => {
    const who = invented('Dabel', '9990000042');
    const id = await unneeded(who);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    const late = await concernAbout(who);
    expect(late.personId).toBe(id);
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'person/disposal-not-proposed' });
    await disposedOf(late);
    expect((await act(id, 'legal-hold', one, { held: true })).body).toMatchObject({ code: 'person/reason-required' });
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toEqual({ id, sequence: expect.any(Number), status: 'known', onHold: true });
    expect((await due()).items.find((item) => item.id === id)).toMatchObject({ onHold: true });
    const held = async (as = one) => (await people.ask('GET', '/retention/held', undefined, { as })).body;
    expect(await held()).toEqual({ items: [{ id, reference: expect.stringMatching(/^PE-/), status: 'known', heldBy: one, heldSince: expect.any(String) }], next: null });
    expect(await held('staff-data-north-1')).toEqual({ items: [], next: null });
    expect((await review(id, another)).body).toMatchObject({ onHold: true, heldBy: one, holdReason: 'A notice of an inquiry.', permitted: ['LiftLegalHold'] });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/on-hold' });
    await act(id, 'legal-hold', another, { held: false, reason: 'It is over.' });
    expect(await held()).toEqual({ items: [], next: null });
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/decline', another, { reason: 'Still wanted.' })).status).toBe(200);
  });

  it('is nobody to those to whom none of the records was open', async () => {
    const who = invented('Ebel', '9990000050');
    const [first, second] = [await concernAbout(who), await concernAbout(who)];
    const id = first.personId;
    for (const { recordId } of [first, second]) await publish('safeguarding.concern.restricted.v1', recordId, { openTo: [another] });
    await eventually(async () => (await rows('select 1 from restriction where named = $1', another)).length >= 2);
    await disposedOf(first);
    // A record that is restricted needs its person as any other does.
    expect([await isDue(id, one), await isDue(id, another)]).toEqual([false, false]);
    expect((await act(id, 'disposal/propose', another)).body).toMatchObject({ code: 'person/no-retention' });
    await disposedOf(second);
    expect([await isDue(id, one), await isDue(id, another)]).toEqual([false, true]);
    expect([(await review(id, one)).status, (await act(id, 'disposal/propose', one)).status, (await review(id, another)).status]).toEqual([404, 404, 200]);
  });

  it('is somebody, and can be held, where a record that is kept is open though one that went was not', async () => {
    const who = invented('Obel', '9990000166');
    const [closed, open] = [await concernAbout(who), await concernAbout(who)];
    await publish('safeguarding.concern.restricted.v1', closed.recordId, { openTo: [another] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', closed.recordId)).length > 0);
    await disposedOf(closed);
    expect((await review(open.personId)).body).toMatchObject({ retention: null, permitted: ['PlaceLegalHold'] });
    expect((await act(open.personId, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toMatchObject({ onHold: true });
  });
});

describe('somebody who was imported', () => {
  it('is told and found as before where a concern that was received goes: a record that came with an extract may need them', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth,nhs_number\nP-78,Ilka,Tabel,1946-05-01,9990000204\n');
    const id = recordIdOf('person', 'P-78');
    const concern = await concernAbout(invented('Tabel', '9990000204'));
    expect(concern.personId).toBe(id);
    await publish('safeguarding.concern.identified.v1', v7(), { personId: id, ageBand: '75-84' });
    await disposedOf(concern);
    expect([await nameOf(id), await isFound(id, 'Tabel')]).toEqual(['Tabel', true]);
  });

  it('is due though no claim was ever kept, and the same row makes nobody of them again', async () => {
    const csv = 'person_ref,given_name,family_name,date_of_birth,nhs_number\nP-77,Ilka,Kabel,1946-05-01,9990000115\n';
    expect(await people.import(csv)).toMatchObject({ imported: 1 });
    const id = recordIdOf('person', 'P-77');
    const recordId = v7();
    const told = { receivedAt: at, personId: id, kind: 'new', urgent: null, setting: null, ageBand: '75-84', priority: null, allocatedAt: null, decidedAt: null, outcome: null, authorisedFrom: null, authorisedTo: null };
    await publish('safeguarding.dols-request.imported.v1', recordId, told, { source: 'dols' });
    await eventually(async () => (await rows('select 1 from person_authority where person_id = $1', id)).length > 0);
    expect(await isDue(id)).toBe(false);
    await disposedOf({ recordId, personId: id }, 'dols-request');
    expect(await isDue(id)).toBe(true);
    await dispose(id);
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect(await rows(`select detail from extract_row where reference = 'P-77'`)).toEqual([{ detail: { gone: true } }]);
    expect(await people.import(csv)).toMatchObject({ imported: 0, already_present: 1 });
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    // A record of a later extract that names that reference is not about the row that is left.
    const ages = await people.ask('POST', `/internal/imports/${v7()}/ages`, { questions: [{ reference: 'P-77', on: '2026-01-01' }] }, { as: 'triage' });
    expect(ages.body).toEqual({ ages: [{ isKnown: false, ageBand: 'not_known', isUnder18: false }] });
    // Nor is it kept that one names them, which comes late.
    const taken = async () => (await rows('select from inbox')).length;
    const before = await taken();
    await publish('safeguarding.dols-request.imported.v1', v7(), told, { source: 'dols' });
    await eventually(async () => (await taken()) > before);
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect(await rows('select record_id from imported_naming where person_id = $1', id)).toEqual([]);
    expect(await found()).toEqual([]);
  });
});

describe('what is told of a record that was disposed of', () => {
  it('is taken once however often it comes, in any order, and survives rubbish', async () => {
    const concern = await concernAbout(invented('Labelle', '9990000123'));
    await disposedOf(concern);
    await publish('safeguarding.concern.disposed.v1', concern.recordId, { personId: concern.personId });
    await publish('safeguarding.concern.disposed.v1', v7(), { personId: 'nobody' });
    await publish('safeguarding.concern.disposed.v1', v7(), { personId: v7() });
    await disposedOf({ recordId: v7(), personId: concern.personId });
    expect(await rows(`select 1 from journal where type = 'RecordLetGo' and record_id = $1`, concern.personId)).toHaveLength(2);
    await dispose(concern.personId);
    const late = v7();
    await publish('safeguarding.concern.disposed.v1', late, { personId: concern.personId });
    await concernAbout(invented('Mabel', '9990000131'));
    expect(await isLetGo(late)).toBe(false);
  });
});
