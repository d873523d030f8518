import { readFileSync } from 'node:fs';
import { securityDocument, withRights } from './security-document.ts';

describe('the table of rights in doc/security.md', () => {
  const text = readFileSync(securityDocument, 'utf8');

  it('is up to date: npm run generate writes it anew', () => {
    expect(text).toBe(withRights(text));
  });

  it('is written between its marks alone', () => {
    const changed = text.replace('| any |', '| none |');
    expect(changed).not.toBe(text);
    expect(withRights(changed)).toBe(text);
    expect(() => withRights('# Security')).toThrow('has lost its marks');
  });
});
