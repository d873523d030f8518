import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { apiKey } from '../../../../test/a-notify.js';
import { postEnvironment, postOf, postTroubles } from './post-settings.js';

const folder = mkdtempSync(join(tmpdir(), 'caseward-post-'));
const file = join(folder, 'key');
writeFileSync(file, `${apiKey}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

const id = '33333333-3333-4333-8333-333333333333';
const templates = ['told_email', 'told_text', 'code_email', 'code_text', 'asked_email', 'asked_text'].map((name) => `${name}=${id}`).join(',');
const shape = z.object({ ...postEnvironment, INVENTED_STAFF: z.boolean().default(false) });
const troubles = (given: object): string[] => {
  const parsed = shape.safeParse(given);
  return parsed.success ? postTroubles(parsed.data) : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};

describe('who carries messages', () => {
  it('is the outbox of this machine where people are invented, and nobody elsewhere, unless it is said', () => {
    expect(postOf(shape.parse({ INVENTED_STAFF: true }))).toEqual({ by: 'outbox' });
    expect(postOf(shape.parse({ SENDING: '' }))).toEqual({ by: 'nobody' });
  });
  it('is GOV.UK Notify with a key and our templates', () => {
    const given = { SENDING: 'notify', NOTIFY_KEY_FILE: file, NOTIFY_TEMPLATES: templates, NOTIFY_URL: 'http://127.0.0.1:9' };
    expect([troubles(given), postOf(shape.parse(given))]).toMatchObject([[], { by: 'notify', url: 'http://127.0.0.1:9', key: apiKey, templates: { code: { text: id } } }]);
    expect(shape.parse({}).NOTIFY_URL).toBe('https://api.notifications.service.gov.uk');
  });
  it('is never the outbox for real people: they would count as told', () => expect(troubles({ SENDING: 'outbox' })[0]).toContain('SENDING'));
  it.each([
    [{ SENDING: 'notify' }, 'NOTIFY_KEY_FILE'],
    [{ SENDING: 'notify', NOTIFY_KEY_FILE: file }, 'NOTIFY_TEMPLATES'],
    [{ SENDING: 'notify', NOTIFY_KEY_FILE: join(folder, 'none') }, 'cannot be read (ENOENT)'],
    [{ SENDING: 'notify', NOTIFY_KEY_FILE: file, NOTIFY_TEMPLATES: `told_email=${id}` }, 'told_text, code_email, code_text, asked_email, asked_text not'],
    [{ SENDING: 'pigeon' }, 'SENDING'],
  ])('is named where something is missing: %j', (given, named) => expect(troubles(given).join()).toContain(named));
  it('does not show what is in a file that holds no key', () => {
    writeFileSync(join(folder, 'other'), 'a secret');
    expect(troubles({ SENDING: 'notify', NOTIFY_KEY_FILE: join(folder, 'other') }).join()).not.toContain('a secret');
  });
});
