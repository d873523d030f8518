import { asSaid, nameIn, saidKind } from './file-kind.js';

const refusedFor = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('the name of a file', () => {
  it.each([
    ['notes.txt', 'notes.txt'],
    ['C:\\Users\\Testa\\scan.pdf', 'scan.pdf'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['/etc/cron.d/x.txt', 'x.txt'],
    ['  Brief für Müller.pdf ', 'Brief für Müller.pdf'],
  ])('of %s is %s', (sent, name) => expect(nameIn(sent)).toBe(name));
  it.each(['', '..', 'folder/', '/'])('is wanted, and %j is none', (sent) => expect(refusedFor(() => nameIn(sent))).toBe('concern/file-name-required'));
  it.each(['a\0.pdf', 'a\r\nb.pdf', 'fdp.\u202egpj', `${'x'.repeat(200)}.pdf`, 'half\ud800.pdf'])('shows as it is, and so is not %j', (sent) => expect(refusedFor(() => nameIn(sent))).toBe('concern/file-name-refused'));
});

describe('what a file is said to be', () => {
  it.each([
    ['a.PDF', 'application/pdf', 'pdf'], ['a.jpg', 'image/jpeg', 'jpeg'], ['a.jpeg', '', 'jpeg'], ['a.png', 'image/png', 'png'],
    ['a.heic', 'application/octet-stream', 'heic'], ['a.heif', 'image/heif', 'heic'], ['a.txt', 'text/plain; charset=utf-8', 'text'],
  ])('is known of %s (%s)', (name, type, kind) => expect(saidKind(name, type)).toBe(kind));
  it.each(['a.docx', 'a.zip', 'a.exe', 'a.svg', 'a.html', 'a.pdf.exe', 'pdf', 'a.constructor'])('is nothing that is taken: %s', (name) => expect(refusedFor(() => saidKind(name, ''))).toBe('concern/file-kind-not-taken'));
  it('is one thing', () => expect(refusedFor(() => saidKind('a.pdf', 'image/png'))).toBe('concern/file-not-as-said'));
});

const pdf = Buffer.from('%PDF-1.7 invented');
const png = Buffer.from('\x89PNG\r\n\x1a\n invented', 'latin1');
const jpeg = Buffer.from('\xff\xd8\xff\xe0 an invented picture', 'latin1');
const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0');
const zip = Buffer.from('PK\x03\x04 an invented archive', 'latin1');

describe('what a file holds', () => {
  const held = async (kind: Parameters<typeof asSaid>[1]['kind'], ...pieces: Buffer[]) => {
    const sent = async function* () { yield* pieces; };
    try {
      return Buffer.concat(await Array.fromAsync(asSaid(sent(), { kind, mostBytes: 1_000_000 })));
    } catch (error) {
      const { code, response } = error as { code?: string; response?: { code: string } };
      return code ?? response?.code;
    }
  };
  it.each([['pdf', pdf], ['png', png], ['jpeg', jpeg], ['heic', heic], ['text', Buffer.from('Ünïcode 💔\r\n\tnotes')]] as const)('goes through where it is %s', async (kind, content) => expect(await held(kind, content)).toEqual(content));
  it('is judged the same in whatever pieces it comes', async () => {
    expect(await held('pdf', ...[...pdf].map((byte) => Buffer.from([byte])))).toEqual(pdf);
    expect(await held('text', ...[...Buffer.from('né💔')].map((byte) => Buffer.from([byte])))).toEqual(Buffer.from('né💔'));
  });
  it.each([['pdf', zip], ['pdf', png], ['png', jpeg], ['jpeg', Buffer.from('\xff\xd8', 'latin1')], ['heic', Buffer.from('\0\0\0\x18ftypmp42', 'latin1')], ['text', pdf], ['text', Buffer.from('a\0b')], ['text', Buffer.from([0xc3])], ['text', Buffer.from([0xff, 0xfe, 0x41])], ['text', zip]] as const)('is refused where it is said to be %s and is not', async (kind, content) => expect(await held(kind, content)).toBe('concern/file-not-as-said'));
  it('is not nothing', async () => expect(await held('pdf')).toBe('concern/file-empty'));
  it('is not too much, whatever came before', async () => expect(await held('pdf', pdf, Buffer.alloc(1_000_000))).toBe('concern/file-too-large'));
});
