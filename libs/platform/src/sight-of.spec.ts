import type { Action, Role } from '#libs/access';
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
  it('every authority’s measures, on the board', () => expect(sightOf(acting('measures.read', null, 'board_member'))).toBe('every'));
});
