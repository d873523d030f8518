import { fill, roleUrl } from './database.ts';

describe('the database set-up', () => {
  it('puts names in their places', () => {
    expect(fill('create role {role}', { role: 'triage_app' })).toBe('create role triage_app');
  });

  it('stops at a place without a name', () => {
    expect(() => fill('create role {role}', {})).toThrow('{role}');
  });

  it('signs a service in under its own role', () => {
    const url = roleUrl('postgresql://owner:secret@127.0.0.1:5432/caseward', { service: 'triage', role: 'relay' }, () => 'other');
    expect(url).toBe('postgresql://triage_relay:other@127.0.0.1:5432/caseward');
  });
});
