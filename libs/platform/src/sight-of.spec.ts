import { type Action, actions, type Role, roleCodes } from '#libs/access';
import { sightOf } from './admit.js';

const acting = (action: Action, authority: string | null, ...roles: Role[]) => ({ action, staff: { id: 'a', name: '', authority, roles } });

describe('whoever acts sees', () => {
  it('what is their own authority’s', () => expect(sightOf(acting('concern.read', 'E06000062', 'triage_officer'))).toEqual(['E06000062', '~a']));
  it('nothing, acting for none', () => expect(sightOf(acting('concern.read', null, 'triage_officer'))).toEqual(['~a']));
  it('what they raised besides, with whichever authority', () => {
    expect(sightOf(acting('concern.follow', 'E06000062', 'partner'))).toEqual(['E06000062', '@a', '~a']);
    expect(sightOf(acting('concern.follow', null, 'partner'))).toEqual(['@a', '~a']);
  });
  it('no more by a role that has no right to it', () => expect(sightOf(acting('concern.read_case', 'E06000062', 'triage_officer', 'partner', 'board_member'))).toEqual(['E06000062', '~a']));
  it('nothing that is kept from them, whatever they do and as whatever: they are said to be there, but where it leads to nobody', () => {
    const unsaid = actions.flatMap((action) => roleCodes.map((role) => ({ action, sight: sightOf(acting(action, 'E06000062', role)) }))).filter(({ sight }) => !sight.includes('~a'));
    expect(new Set(unsaid.map(({ sight }) => sight))).toEqual(new Set(['every']));
    expect(unsaid.filter(({ action }) => !action.startsWith('measures.'))).toEqual([]);
  });
  it('every authority’s measures, on the board', () => expect(sightOf(acting('measures.read', null, 'board_member'))).toBe('every'));
});
