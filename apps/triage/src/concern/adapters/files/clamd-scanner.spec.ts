import { AClamd, eicar } from '../../../../test/a-clamd.js';
import { ClamdScanner } from './clamd-scanner.js';

let clamd: AClamd;
beforeAll(async () => {
  clamd = await AClamd.start();
});
afterAll(() => clamd.close());
beforeEach(() => {
  clamd.says = undefined;
});

async function* pieces(...content: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const piece of content) yield Buffer.from(piece);
}
const scanned = (...content: (string | Buffer)[]) => new ClamdScanner(new URL(clamd.url)).scan(pieces(...content));

describe('ClamAV', () => {
  it('finds nothing in what is harmless, however long it is', async () => {
    const parts = Array.from({ length: 40 }, () => Buffer.alloc(256 * 1024, 'x'));
    expect([await scanned('Notes.'), await scanned(...parts), clamd.scanned.at(-1)]).toEqual(['clean', 'clean', 40 * 256 * 1024]);
  });
  it('finds what is harmful, wherever a part ends', async () => {
    expect(await scanned(eicar)).toBe('refused');
    expect(await scanned(eicar.slice(0, 20), eicar.slice(20))).toBe('refused');
  });
  it.each(['INSTREAM size limit exceeded. ERROR', 'stream: OK FOUND ERROR', 'OK', 'stream: OKAY', ''])('that says %j vouches for nothing', async (says) => {
    clamd.says = says;
    await expect(scanned('Notes.')).rejects.toThrow('could not say');
  });
  it('that is not there vouches for nothing', async () => {
    await expect(new ClamdScanner(new URL('tcp://127.0.0.1:9')).scan(pieces('Notes.'))).rejects.toThrow(/ECONNREFUSED/);
    await expect(new ClamdScanner(new URL('unix:///nowhere/clamd.ctl')).scan(pieces('Notes.'))).rejects.toThrow(/ENOENT/);
  });
  it('is told nothing more where what it is to scan cannot be read', async () => {
    const broken = async function* () { yield Buffer.from('x'); throw new Error('a part of a file is gone'); };
    await expect(new ClamdScanner(new URL(clamd.url)).scan(broken())).rejects.toThrow('a part of a file is gone');
  });
});
