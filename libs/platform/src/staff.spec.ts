import { roleCodes } from '#libs/access';
import { inventedAccountOf } from './account.js';
import { inventedClients } from './invented-clients.js';
import { TokenMembership } from './membership.js';
import { inventedStaff } from './staff.js';

describe('the invented staff', () => {
  it('stand for every role in both authorities, and the board for none', () => {
    const authorities = (role: string) => [...new Set(inventedStaff.filter(({ roles }) => roles.some((one) => one === role)).map(({ authority }) => authority))];
    for (const role of roleCodes) expect([role, authorities(role)]).toEqual([role, role === 'board_member' ? [null] : ['E06000062', 'E06000061']]);
  });

  it('are known by their accounts, under ids that can be remembered', () => {
    const councils = new Map([['11111111-1111-1111-1111-111111111111', 'E06000061']]);
    const known = (id: string, roles: string[], account = inventedAccountOf(id)) =>
      new TokenMembership(councils, true).find({ kind: 'person', account, clientId: 'staff-site', roles, scopes: [], stepUps: [], provedAt: 0 });
    expect(known('staff-triage-1', ['triage_officer'])).toEqual({ id: 'staff-triage-1', name: 'West triage officer 1 (invented)', roles: ['triage_officer'], authority: 'E06000062' });
    // The roles are those of the token: at a real provider they may be others tomorrow.
    expect(known('staff-data-north-2', ['data_manager', 'Global Reader', '__proto__'])).toMatchObject({ roles: ['data_manager'], authority: 'E06000061' });
    expect(known('staff-board-1', ['board_member'])).toMatchObject({ name: 'Board member 1 (invented)', authority: null });
    const somebody = known('', ['manager'], { tid: '11111111-1111-1111-1111-111111111111', oid: 'AAAA' })!;
    expect(somebody).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), roles: ['manager'], authority: 'E06000061' });
    expect(known('', ['manager'], { tid: '11111111-1111-1111-1111-111111111111', oid: 'aaaa' })!.id).toBe(somebody.id);
    expect(known('', ['manager'], { tid: '22222222-2222-2222-2222-222222222222', oid: 'aaaa' })).toMatchObject({ authority: null });
    const ids = [...inventedStaff, ...inventedClients].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
