import { tellCheck, tellFinding, tellVerdict } from './tell-verify.ts';
import type { CheckResult } from './verify-services.ts';

const held: CheckResult = { service: 'triage', check: 'chain', looked: 12_345, findings: 0 };
const wrong: CheckResult = { service: 'dols', check: 'read-tables', looked: 10, findings: 2 };

describe('telling an administrator what was verified', () => {
  it('says how much was looked at, and that it holds', () => {
    expect(tellCheck(held)).toMatch(/chain +12,345 events +holds/);
    expect(tellVerdict({ ok: true, checks: [held], findings: [], notListed: 0 })).toBe('Everything holds: 1 checks in 1 services.');
  });

  it('says what is wrong, where, and what to do', () => {
    expect(tellFinding({ service: 'dols', check: 'read-tables', what: 'a row is missing', where: { record: 'a', column: null } })).toBe('      a row is missing: record a');
    const verdict = tellVerdict({ ok: false, checks: [held, wrong], findings: [], notListed: 0 });
    expect(verdict).toContain('NOT EVERYTHING HOLDS');
    expect(verdict).toContain('dols read-tables: 2');
    expect(verdict).toContain('npm run rebuild -- read-tables');
    expect(verdict).not.toContain('triage');
  });

  it('says first to rebuild nothing where the record itself is not whole', () => {
    const chain: CheckResult = { ...wrong, check: 'chain' };
    const todo = tellVerdict({ ok: false, checks: [wrong, chain], findings: [], notListed: 0 }).split('What to do:\n')[1]!;
    expect(todo.trim()).toMatch(/^STOP\. .*\(chain\)/);
    expect(todo.indexOf('chain: An event was changed')).toBeLessThan(todo.indexOf('read-tables:'));
    expect(tellVerdict({ ok: false, checks: [wrong], findings: [], notListed: 0 })).not.toContain('STOP');
  });

  it('does not call a check that could not be done one that holds', () => {
    const failed: CheckResult = { ...held, looked: 0, failed: 'Unsettled' };
    expect(tellCheck(failed)).toContain('COULD NOT BE DONE');
    expect(tellVerdict({ ok: false, checks: [failed], findings: [], notListed: 0 })).toContain('says nothing either way');
  });
});
