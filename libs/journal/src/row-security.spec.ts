import { auditorReads, guardTables, journalShares, letAuditorRead, messageShares, shares } from './row-security.js';

describe('the policies of a table', () => {
  const sql = guardTables('triage', { concern: shares.authority() });

  it('hold for its owner too', () => expect(sql).toContain('alter table concern force row level security;'));
  it('show the service what it says it is for, and the roles that keep things going every row', () => {
    expect(sql).toContain('create policy of_app on concern to triage_app using (');
    expect(sql).toContain('create policy of_all on concern to triage_relay, triage_maintain, triage_migrate using (true);');
  });
  it('ask once a statement for whom it runs, and not once a row', () => expect(sql).toContain('authority = any ((select seen_authorities())::text[])'));
});

it('an auditor may read what belongs to no key and no word', () => {
  expect(auditorReads.filter((table) => ['narrative', 'record_key', 'idempotency'].includes(table))).toEqual([]);
  expect(letAuditorRead('dols', ['journal'])).toContain('for select to dols_auditor using (true)');
});

it('what nobody but other roles has business with is closed to the service', () => {
  expect(Object.entries({ ...journalShares, ...messageShares }).filter(([, share]) => share === shares.none).map(([table]) => table)).toEqual(['relay_state', 'seal']);
});
