import * as fc from 'fast-check';
import { parseCsv, writeCsv } from './csv.ts';

const cellsOf = (text: string) => parseCsv(Buffer.from(text)).map(({ cells }) => cells);

describe('reading a file', () => {
  it.each([
    ['a header and a row', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['either line end, and none at the end', 'a,b\r\n1,2\n3,4', [['a', 'b'], ['1', '2'], ['3', '4']]],
    ['a byte-order mark', '\uFEFFa,b\n', [['a', 'b']]],
    ['blank lines', '\na,b\n\r\n1,2\n\n', [['a', 'b'], ['1', '2']]],
    ['a quoted comma, quote and line end', 'a,b\n"x,""y""","p\r\n\nq"\n', [['a', 'b'], ['x,"y"', 'p\r\n\nq']]],
    ['spaces, which stay', 'a,b\n 1 , \n', [['a', 'b'], [' 1 ', ' ']]],
    ['a quote inside an open cell, which is itself', 'a,b\n5" deep,x\n', [['a', 'b'], ['5" deep', 'x']]],
    ['an empty last cell', 'a,b\n1,\n', [['a', 'b'], ['1', '']]],
  ])('knows %s', (_, text, cells) => expect(cellsOf(text)).toEqual(cells));

  it('takes a quote that never closes as one unsound row to the end', () => {
    const rows = parseCsv(Buffer.from('a,b\n1,2\n3,"4\n5,6\n'));
    expect(rows.map(({ line, sound }) => [line, sound])).toEqual([[1, true], [2, true], [3, false]]);
  });

  it('finds bytes that are not UTF-8 in their own row alone', () => {
    const rows = parseCsv(Buffer.concat([Buffer.from('a\nZo\u00eb\n'), Buffer.from([0xff, 0x0a]), Buffer.from('b\n')]));
    expect(rows.map(({ cells, sound }) => (sound ? cells[0] : 'unsound'))).toEqual(['a', 'Zo\u00eb', 'unsound', 'b']);
  });

  it('reads back whatever was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r\n', ' ', '=') });
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), fc.constantFrom('\n', '\r\n'), (rows, lineEnd) => {
      expect(cellsOf(writeCsv(rows, lineEnd))).toEqual(rows);
    }));
  });
});
