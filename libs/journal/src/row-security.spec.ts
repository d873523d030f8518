import { auditorReads, guardTables, hideRestricted, journalShares, letAuditorRead, messageShares, raisedByOne, shares } from './row-security.js';

describe('the policies of a table', () => {
  const sql = guardTables('triage', { concern: shares.authority() });

  it('hold for its owner too', () => expect(sql).toContain('alter table concern force row level security;'));
  it('show the service what it says it is for, and the roles that keep things going every row', () => {
    expect(sql).toContain('create policy of_app on concern to triage_app using (');
    expect(sql).toContain('create policy of_all on concern to triage_relay, triage_maintain, triage_migrate using (true);');
  });
  it('ask what is mostly so first', () => {
    for (const share of [shares.authority(), shares.stories, shares.raised('raised_by')]) expect(share).toMatch(/^authority = any \(/);
    expect(shares.story('narrative.record_id')).toMatch(/^exists \(select from journal /);
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

describe('what hides a restricted record', () => {
  const sql = hideRestricted('triage', { concern: { record: 'id', or: raisedByOne('concern.raised_by') }, journal: { record: 'record_id' } });

  it('has to be met besides the share of each table', () => {
    for (const table of ['concern', 'journal']) expect(sql).toContain(`create policy restricted on ${table} as restrictive to triage_app using (`);
  });
  it('lets whoever raised it see it all the same, where that is said', () => expect(sql.match(/'@' \|\| concern\.raised_by/g)).toHaveLength(1));
  it('holds for nobody but the service that asks for somebody', () => expect(sql).not.toMatch(/_relay|_maintain|_migrate/));
});
