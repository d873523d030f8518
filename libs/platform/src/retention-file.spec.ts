import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RetentionRule } from '#libs/retention';
import { retentionFile as fileOf } from './retention-file.js';

const standIn: RetentionRule<'no_enquiry', 'last_contact'>[] = [{ class: 'no_enquiry', version: 1, source: 'An invented council', effectiveFrom: '2015-04-01', trigger: 'last_contact', years: 6 }];
const retentionFile = fileOf(standIn, { classes: ['no_enquiry'], triggers: ['last_contact'] });
const folder = mkdtempSync(join(tmpdir(), 'caseward-test-retention-'));
const file = join(folder, 'retention.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const read = (rules: unknown) => {
  writeFileSync(file, typeof rules === 'string' ? rules : JSON.stringify(rules));
  return retentionFile.safeParse(file);
};
const rule = { class: 'no_enquiry', version: 1, source: 'An invented council: its schedule of 2026', effectiveFrom: '2026-04-01', trigger: 'last_contact', years: 8 };

describe('the rules by which a council keeps its records', () => {
  it('are those of its file, or what stands in where it has none', () => {
    expect(retentionFile.parse(undefined)).toBe(standIn);
    expect(read([rule]).data).toEqual([rule]);
  });

  it('are those for its own kinds of record in the one schedule of the council, or none', () => {
    const other = { ...rule, class: 'dols_request', trigger: 'end_of_authorisation' };
    expect(read([other, rule]).data).toEqual([rule]);
    expect(read([other]).data).toEqual([]);
  });

  it.each([
    ['no rules', []], ['no source', [{ ...rule, source: ' ' }]], ['no years', [{ ...rule, years: 0 }]], ['no day', [{ ...rule, effectiveFrom: '2026-02-30' }]],
    ['an unknown class', [{ ...rule, class: 'everything' }]], ['an unknown trigger', [{ ...rule, trigger: 'birth' }]], ['a trigger that it does not have', [{ ...rule, trigger: 'end_of_authorisation' }]], ['a word too many', [{ ...rule, more: 1 }]], ['rubbish', '{'],
  ])('are none with %s', (_what, rules) => {
    expect(read(rules).success).toBe(false);
  });

  it('are none where there is no file', () => {
    expect(retentionFile.safeParse(join(folder, 'none')).error?.message).toContain('ENOENT');
  });
});
