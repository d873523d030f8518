import type { Bearer } from '#libs/identity';
import { inventedAccountOf, staffMemberIdOf } from './account.js';
import type { KnownMember } from './known-staff.js';
import { KnownMembership, TokenMembership } from './membership.js';

const west = 'E06000062';
const tenant = '11111111-1111-4111-8111-111111111111';
const account = { tid: tenant, oid: '22222222-2222-4222-8222-222222222222' };
const id = staffMemberIdOf(account);
const bearer = (more: Partial<Bearer> = {}): Bearer => ({ kind: 'person', account, clientId: 'staff-site', roles: ['manager'], scopes: ['casework'], stepUps: [], provedAt: 0, ...more });
const member = (more: Partial<KnownMember> = {}): KnownMember => ({ actsAs: id, authority: west, roles: ['triage_officer'], isActive: true, isWhole: true, sessionsEndedAt: null, ...more });

let asked: string[] = [];
beforeEach(() => (asked = []));

const find = (known: KnownMember | undefined, isLocal: boolean, who = bearer()) => {
  const copy = {
    find: async (accountId: string) => {
      asked.push(accountId);
      return known;
    },
  };
  return new KnownMembership({ known: copy, told: new TokenMembership(new Map([[tenant, west]]), isLocal), isLocal }).find(who);
};

describe.each([['for trying out', true], ['of a council', false]])('at the provider %s', (_which, isLocal) => {
  it('somebody whom the directory knows is what it says, whatever their token says', async () => {
    expect(await find(member(), isLocal)).toEqual({ id, name: '', roles: ['triage_officer'], authority: west });
    expect(await find(member({ roles: ['board_member'], authority: null }), isLocal)).toMatchObject({ roles: ['board_member'], authority: null });
    expect(await find(member({ roles: [] }), isLocal)).toMatchObject({ id, roles: [] });
    expect(asked).toEqual([id, id, id]);
  });

  it('somebody is called last, and lives, as the provider tells, if it does', async () => {
    const who = bearer({ surname: 'Inventarsson', postcode: 'NN9 9ZZ' });
    expect([(await find(member(), isLocal, who))?.surname, (await find(undefined, true, who))?.surname]).toEqual(['Inventarsson', 'Inventarsson']);
    expect((await find(member(), isLocal, who))?.postcode).toBe('NN9 9ZZ');
  });

  it('ASVS 5.0 V7.4.2, check 22: somebody who is disabled is nobody, also as a partner', async () => {
    expect(await find(member({ isActive: false }), isLocal)).toBeUndefined();
    expect(await find(member({ isActive: false }), isLocal, bearer({ roles: ['partner'] }))).toBeUndefined();
  });

  it('ASVS 5.0 V7.4.5: somebody whose sessions were ended is let in by no token of before, and by one of after', async () => {
    const ended = member({ sessionsEndedAt: 5_000 });
    for (const provedAt of [0, 4_000, 5_000]) await expect(find(ended, isLocal, bearer({ provedAt }))).rejects.toMatchObject({ code: 'token/ended' });
    expect(await find(ended, isLocal, bearer({ provedAt: 6_000 }))).toMatchObject({ id, roles: ['triage_officer'], sessionsEndedAt: 5_000 });
    expect(await find(member(), isLocal, bearer())).not.toHaveProperty('sessionsEndedAt');
  });

  it('a program is what its token says: the directory keeps none', async () => {
    expect(await find(undefined, isLocal, bearer({ kind: 'client', roles: ['partner'] }))).toEqual({ id, name: '', roles: ['partner'], authority: west });
    expect(asked).toEqual([]);
  });
});

describe('somebody whom the directory does not know', () => {
  it('is nobody, but for partners, whom it does not keep', async () => {
    expect(await find(undefined, false)).toBeUndefined();
    expect(await find(undefined, false, bearer({ roles: ['manager', 'partner'] }))).toMatchObject({ roles: ['partner'], authority: west });
  });

  it('is what their token says where everybody is invented', async () => {
    const invented = bearer({ account: inventedAccountOf('staff-manager-1') });
    expect(await find(undefined, true, invented)).toMatchObject({ id: 'staff-manager-1', roles: ['manager'], authority: west });
  });
});

describe('an account like an invented one', () => {
  const invented = bearer({ account: inventedAccountOf('staff-administrator-1'), roles: ['administrator', 'partner'] });

  it('is nobody’s at a real provider, whatever its address', async () => {
    expect(await find(undefined, false, invented)).toEqual({ id: staffMemberIdOf(invented.account), name: '', authority: null, roles: ['partner'] });
    const program = bearer({ kind: 'client', account: inventedAccountOf('partner-police'), roles: ['partner'] });
    expect(await find(undefined, false, program)).toMatchObject({ id: staffMemberIdOf(program.account), authority: null });
  });
});

describe('somebody of whom not everything was told yet', () => {
  const half = member({ roles: [], isWhole: false });
  it('has no role yet', async () => expect(await find(half, false)).toMatchObject({ id, roles: [] }));

  it('is what their token says where everybody is invented', async () => {
    const invented = bearer({ account: inventedAccountOf('staff-manager-1') });
    expect(await find(half, true, invented)).toMatchObject({ id: 'staff-manager-1', roles: ['manager'] });
  });
});
