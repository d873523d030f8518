import { createSecretKey } from 'node:crypto';
import { refusedCounts, RowCounter, sumOfCounts } from './counts.js';
import { fingerprint } from './fingerprint.js';
import { nhsNumberIsValid } from './nhs-number.js';
import { safeForSpreadsheet } from './spreadsheet.js';

describe('counting rows', () => {
  const counter = new RowCounter();
  counter.imported(['under_18', 'nhs_number_check', 'under_18']);
  counter.imported([]);
  counter.alreadyPresent();
  counter.repeated();
  counter.quarantined(['bad_value:kind', 'missing_value:ref', 'bad_value:kind']);
  counter.quarantined(['bad_value:kind']);
  const counts = {
    read: 6, imported: 2, already_present: 1, repeated: 1, quarantined: 2,
    codes: { 'bad_value:kind': 2, 'missing_value:ref': 1 }, flags: { under_18: 1, nhs_number_check: 1 },
  };

  it('puts every row in exactly one count, and once under each of its codes', () => expect(counter.counts).toEqual(counts));
  it('adds up', () => {
    const { read, imported, already_present, repeated, quarantined } = counter.counts;
    expect(imported + already_present + repeated + quarantined).toBe(read);
    expect(sumOfCounts(counter.counts, counter.counts).codes).toEqual({ 'bad_value:kind': 4, 'missing_value:ref': 2 });
    expect(sumOfCounts(counter.counts, counter.counts).read).toBe(12);
  });
  it('counts nothing of a file that was refused, and says why', () =>
    expect(refusedCounts(['ref'])).toEqual({ read: 0, imported: 0, already_present: 0, repeated: 0, quarantined: 0, codes: {}, flags: {}, refused: ['ref'] }));
});

describe('the fingerprint of a row', () => {
  const key = createSecretKey(Buffer.alloc(32, 1));
  const columns = ['a', 'b', 'c'];
  const print = (cells: Record<string, string>, by = columns) => fingerprint(cells, by, key).toString('hex');

  it('is the same for the same text in the known columns', () => {
    expect(print({ a: '1', b: '2', c: '' })).toBe(print({ c: '', b: '2', a: '1', unknown: 'x' }));
    expect(print({ a: '1', b: '2' })).toBe(print({ a: '1', b: '2', c: '' }));
    expect(print({ a: '1' }, [...columns, 'd'])).toBe(print({ a: '1' }));
  });
  it.each([
    [{ a: '1' }, { b: '1' }],
    [{ a: '12', b: '3' }, { a: '1', b: '23' }],
    [{ a: '1b:1:2' }, { a: '1', b: '2' }],
    [{ a: 'x' }, { a: 'x ' }],
    [{ a: 'é' }, { a: 'e\u0301' }],
  ])('of %j is another than that of %j', (one, other) => expect(print(one)).not.toBe(print(other)));
  it('depends on the key', () => expect(fingerprint({ a: '1' }, columns, createSecretKey(Buffer.alloc(32, 2))).toString('hex')).not.toBe(print({ a: '1' })));
});

describe('an NHS number', () => {
  it.each(['9434765919', '4010232137', '9997019903', '0000000000'])('may be %s', (text) => expect(nhsNumberIsValid(text)).toBe(true));
  it.each(['', '9434765918', '943476591', '94347659190', '943 476 5919', '943476591X', '9434765919 ', '٩٤٣٤٧٦٥٩١٩', '0000000060'])('is not %j', (text) =>
    expect(nhsNumberIsValid(text)).toBe(false));
  it('has no check digit where it would be ten', () => {
    const endings = Array.from({ length: 10 }, (_, digit) => String(digit));
    expect(endings.filter((digit) => nhsNumberIsValid(`100000001${digit}`))).toEqual([]);
    expect(endings.filter((digit) => nhsNumberIsValid(`100000000${digit}`))).toEqual(['1']);
  });
});

describe('a cell on its way into a spreadsheet', () => {
  it.each(['=1+1', '+44 1604', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('ASVS 5.0 V1.2.10, V1.3.3, check 3: is made harmless: %j', (cell) => expect(safeForSpreadsheet(cell)).toBe(`'${cell}`));
  it.each(['', 'a=b', '2025-07-31', 'Zoë', '1-2', "'=1"])('stays as it is: %j', (cell) => expect(safeForSpreadsheet(cell)).toBe(cell));
});
