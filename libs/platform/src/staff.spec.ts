import { roleCodes } from '#libs/access';
import { inventedStaff, staffNamed } from './staff.js';

describe('the invented staff', () => {
  it('stand for every role in both authorities, and the board for none', () => {
    const authorities = (role: string) => [...new Set(inventedStaff.filter(({ roles }) => roles.some((one) => one === role)).map(({ authority }) => authority))];
    for (const role of roleCodes) expect([role, authorities(role)]).toEqual([role, role === 'board_member' ? [null] : ['E06000062', 'E06000061']]);
  });

  it('are known by their ids', () => {
    expect(staffNamed('staff-triage-1')).toEqual({ id: 'staff-triage-1', name: 'West triage officer 1 (invented)', roles: ['triage_officer'], authority: 'E06000062' });
    expect(staffNamed('staff-data-north-2')).toMatchObject({ roles: ['data_manager'], authority: 'E06000061' });
    expect(staffNamed('staff-board-1')).toMatchObject({ roles: ['board_member'], authority: null });
    expect(new Set(inventedStaff.map(({ id }) => id)).size).toBe(inventedStaff.length);
    for (const id of [undefined, '', 'somebody', '__proto__']) expect(() => staffNamed(id)).toThrow('caseward-actor');
  });
});
