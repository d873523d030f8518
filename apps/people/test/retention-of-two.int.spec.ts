import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { another, invented, lettingGo, one, west } from './letting-go.js';

const { people, publish, rows, eventually, concernAbout, disposedOf, isDue, review, act, dispose, count, leftOf, nameOf, isFound, found, rebuild } = await lettingGo();

describe('a person of two councils', () => {
  const [north, theirs] = ['E06000061', 'staff-data-north-1'];

  it('is told to each with what its own people put right alone', async () => {
    const who = invented('Pabel', '9990000174');
    const [{ recordId, personId: id }] = [await concernAbout(who), await concernAbout(who, north)];
    const correctedBy = async (as: string) => ((await people.ask('GET', `/people/${id}`, undefined, { as })).body['corrected'] as { by: string } | null)?.by;
    expect((await act(id, 'correct', 'staff-triage-north-1', { identity: { postcode: 'NN1 1AA' }, reason: 'They moved.' })).status).toBe(200);
    expect([await correctedBy(one), await correctedBy(theirs)]).toEqual([undefined, 'staff-triage-north-1']);
    expect((await act(id, 'correct', 'staff-triage-1', { identity: { postcode: 'NN1 1AB' }, reason: 'They moved.' })).status).toBe(200);
    expect([await correctedBy(one), await correctedBy(theirs)]).toEqual(['staff-triage-1', 'staff-triage-north-1']);
    await publish('safeguarding.concern.restricted.v1', recordId, { openTo: [another] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', recordId)).length > 0);
    expect(await correctedBy(one)).toBeUndefined();
  });

  it('is due to a council that knew who stood for them alone', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth\nP-79,Ilka,Rabel,1951-05-01\n');
    const [kept, maiden] = [recordIdOf('person', 'P-79'), await concernAbout(invented('Sabel', '9990000190'), north)];
    const isNamed = async (id: string, authority: string): Promise<void> => {
      await publish('safeguarding.concern.identified.v1', v7(), { personId: id, ageBand: '75-84' }, { authority });
      await eventually(async () => (await rows('select 1 from person_authority where person_id = $1 and authority = $2', kept, authority)).length > 0);
    };
    await isNamed(kept, north);
    expect((await act(maiden.personId, 'join', theirs, { into: kept, reason: 'The same.' })).status).toBe(200);
    await isNamed(maiden.personId, west);
    await disposedOf({ ...maiden, authority: north });
    await disposedOf({ recordId: v7(), personId: maiden.personId });
    expect([await isDue(kept), await isDue(maiden.personId)]).toEqual([true, false]);
    await dispose(kept);
  });

  it('is held by each for itself: neither is told who of the other holds them, and neither lifts it', async () => {
    const who = invented('Nabel', '9990000158');
    const [ours, others] = [await concernAbout(who), await concernAbout(who, north)];
    const id = ours.personId;
    expect(others.personId).toBe(id);
    const held = async (as: string) => ((await people.ask('GET', '/retention/held', undefined, { as })).body['items'] as { id: string }[]).some((item) => item.id === id);
    expect((await act(id, 'legal-hold', theirs, { held: true, reason: 'A coroner asks.' })).body).toMatchObject({ onHold: true });
    const { body } = await review(id, one);
    expect(body).toMatchObject({ onHold: false, heldBy: null, heldSince: null, holdReason: null, heldWith: 'yes', permitted: ['PlaceLegalHold'] });
    expect((await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' })).body).toMatchObject({ onHold: false });
    expect([await held(one), await held(theirs)]).toEqual([false, true]);
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toMatchObject({ onHold: true });
    expect((await review(id, theirs)).body).toMatchObject({ onHold: true, heldBy: theirs, holdReason: 'A coroner asks.' });
    expect((await act(id, 'legal-hold', theirs, { held: false, reason: 'It is over.' })).body).toMatchObject({ onHold: false });
    expect([await held(one), await held(theirs)]).toEqual([true, false]);
    await disposedOf(ours);
    await disposedOf({ ...others, authority: north });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/on-hold' });
    expect((await act(id, 'disposal/propose', theirs)).body).toMatchObject({ code: 'person/held-with' });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect((await act(id, 'disposal/propose', theirs)).status).toBe(200);
    expect((await review(id, one)).body).toMatchObject({ proposedBy: null });
    await dispose(id);
  }, 60_000);
});

describe('people who were joined', () => {
  it('are needed together, held together and go together, and cannot be separated then', async () => {
    const [kept, maiden] = [await concernAbout(invented('Fabel', '9990000069')), await concernAbout({ ...invented('Gabel', '9990000077'), dateOfBirth: '1946-05-02' })];
    expect(maiden.personId).not.toBe(kept.personId);
    expect((await act(maiden.personId, 'join', 'staff-manager-1', { into: kept.personId, reason: 'Her maiden name.' })).status).toBe(200);
    await disposedOf(kept);
    expect(await isDue(kept.personId)).toBe(false);
    expect(await nameOf(kept.personId)).toBe('Fabel');
    expect(await isFound(kept.personId, 'Fabel')).toBe(true);
    await disposedOf(maiden);
    expect([await nameOf(kept.personId), await isFound(kept.personId, 'Fabel')]).toEqual([undefined, false]);
    expect([await isDue(kept.personId), await isDue(maiden.personId)]).toEqual([true, false]);
    expect((await act(maiden.personId, 'disposal/propose', one)).body).toMatchObject({ code: 'person/joined-into-another' });
    await act(maiden.personId, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' });
    expect((await act(kept.personId, 'disposal/propose', one)).body).toMatchObject({ code: 'person/held-with' });
    await act(maiden.personId, 'legal-hold', one, { held: false, reason: 'It is over.' });
    await dispose(kept.personId);
    for (const id of [kept.personId, maiden.personId]) expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect((await act(maiden.personId, 'separate', 'staff-manager-1', { from: kept.personId, reason: 'They are two.' })).body).toMatchObject({ code: 'person/disposed', detail: expect.stringContaining('cannot be brought back') });
    const late = await concernAbout(invented('Habel', '9990000085'));
    expect((await act(late.personId, 'join', 'staff-manager-1', { into: kept.personId, reason: 'The same.' })).body).toMatchObject({ code: 'person/other-not-known' });
    expect(await found()).toEqual([]);
    // What no publisher tells of here any more, restrictions, it takes away; nothing else.
    const restrictions = await count('restriction', another, 'named');
    expect(await rebuild()).toMatchObject({ done: { repaired: restrictions } });
  }, 60_000);

  it('go together also where one of them was another council’s', async () => {
    const [kept, theirs] = [await concernAbout(invented('Ibel', '9990000093')), await concernAbout({ ...invented('Jabel', '9990000107'), dateOfBirth: '1946-05-03' }, 'E06000061')];
    await publish('safeguarding.concern.identified.v1', v7(), { personId: theirs.personId, ageBand: '75-84' });
    await eventually(async () => (await rows('select 1 from person_authority where person_id = $1', theirs.personId)).length === 2);
    expect((await act(theirs.personId, 'join', 'staff-manager-1', { into: kept.personId, reason: 'The same.' })).status).toBe(200);
    await disposedOf(kept);
    expect(await isDue(kept.personId)).toBe(false);
    await disposedOf({ ...theirs, authority: 'E06000061' });
    await dispose(kept.personId);
    for (const id of [kept.personId, theirs.personId]) expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
  });
});
