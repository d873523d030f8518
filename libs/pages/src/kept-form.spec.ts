import { Readable } from 'node:stream';
import { keptForm } from './kept-form.js';
import { renderer } from './renderer.js';
import { SentFile } from './sent-file.js';

const reply = { generateCsrf: () => 'a new token' } as never;
const kept = (body: unknown) => keptForm({ url: '/concerns/new/person', body }, reply);
const render = renderer('partner-site', { name: 'A site', navigation: [] });
const shown = (body: unknown): string => render('not-now.njk', { title: 'Not now', form: kept(body) });

describe('a form that could not be taken', () => {
  it('is kept as it was typed, with a token of its own', () => {
    const text = shown({ _csrf: 'an old token', given_name: 'Ada "the" <first>', abuse_types: ['domestic', 'physical'] });
    for (const part of ['action="/concerns/new/person"', 'value="a new token"', 'name="given_name" value="Ada &quot;the&quot; &lt;first&gt;"', 'name="abuse_types" value="domestic"', 'name="abuse_types" value="physical"']) expect(text).toContain(part);
    expect(text).not.toMatch(/an old token|multipart|Type the code/);
  });

  it('asks again for a file and for a code, and holds neither', () => {
    const file = new SentFile('IMG_1.png', 'image/png', Readable.from([]));
    expect(shown({ key: 'k1', file })).toMatch(/enctype="multipart\/form-data"[^]*name="key" value="k1"[^]*Choose the file again[^]*type="file"/);
    const code = shown({ code: 'ABCD-1234' });
    expect([code.includes('Type the code again'), code.includes('ABCD')]).toEqual([true, false]);
  });

  it('is not kept where it is more than a page can hold, and says so', () => {
    for (const body of [{ worry: 'A'.repeat(200_001) }, { abuse_types: Array.from({ length: 501 }, () => 'x') }]) {
      expect(kept(body)).toMatchObject({ isWhole: false, fields: [] });
      const text = shown(body);
      expect([text.includes('longer than this page can hold'), text.includes('kept on this page'), text.includes('<form method="post" action="/concerns')]).toEqual([true, false, false]);
    }
  });

  it('may hold nothing', () => expect(kept(undefined)).toMatchObject({ isWhole: true, fields: [] }));
});
