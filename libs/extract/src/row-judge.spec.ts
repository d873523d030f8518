import type { Row } from './open-extract.js';
import { RowJudge } from './row-judge.js';

const began = '2025-10-26T00:30:00.000000Z';

function judging(cells: Record<string, string>, about: (judge: RowJudge) => void) {
  const row: Row = { line: 2, cells, raw: [] };
  const judge = new RowJudge(row, began);
  about(judge);
  return { codes: judge.codes, flags: judge.flags };
}

const fine = { codes: [], flags: [] };

const code = (kind: string) => judging({ kind }, (judge) => judge.code('kind', ['new', 'renewal'])).codes;

const order = (from: string, to: string) =>
  judging({ from, to }, (judge) => {
    judge.time('from');
    judge.time('to');
    judge.order('from', 'to');
  }).codes;

describe('judging a row', () => {
  it('finds a required cell that is empty', () => {
    expect(judging({ ref: '' }, (judge) => judge.required('ref'))).toEqual({ codes: ['missing_value:ref'], flags: [] });
    expect(judging({ ref: ' ' }, (judge) => judge.required('ref'))).toEqual(fine);
  });

  it('takes an empty cell for not known, never for bad', () => {
    const read: unknown[] = [];
    const outcome = judging({ at: '', on: '', kind: '', types: '', note: '' }, (judge) => {
      read.push(judge.time('at'), judge.date('on'), judge.code('kind', ['new']), judge.codeList('types', ['physical']), judge.text('note'), judge.isFilled('note'));
    });
    expect(outcome).toEqual(fine);
    expect(read).toEqual([undefined, undefined, undefined, undefined, undefined, false]);
  });

  it.each([
    ['2025-13-01T00:00', 'bad_value:at'], ['yesterday', 'bad_value:at'], ['2025-03-30T01:30', 'no_such_time:at'], ['2025-10-26T00:30:00.000001Z', 'in_the_future:at'],
  ])('refuses the time %s with %s', (at, code) => {
    expect(judging({ at }, (judge) => judge.time('at')).codes).toEqual([code]);
  });

  it('takes a time at the very moment when the run began', () => {
    expect(judging({ at: began }, (judge) => judge.time('at'))).toEqual(fine);
  });

  it('flags a time that was there twice', () => {
    expect(judging({ at: '2024-10-27T01:30' }, (judge) => judge.time('at'))).toEqual({ codes: [], flags: ['time_occurs_twice:at'] });
  });

  it('does not judge whether a date lies in the future', () => {
    expect(judging({ on: '2999-12-31' }, (judge) => judge.date('on'))).toEqual(fine);
    expect(judging({ on: '2025-02-29' }, (judge) => judge.date('on')).codes).toEqual(['bad_value:on']);
  });

  it('knows the codes of a list, as they are written', () => {
    expect(code('new')).toEqual([]);
    for (const other of ['New', ' new', 'new ', 'new;renewal', 'toString']) expect(code(other)).toEqual(['bad_value:kind']);
  });

  it('takes a list in one cell: repeated once, nothing empty, nothing unknown', () => {
    const types = ['physical', 'sexual'] as const;
    const list = (cell: string) => {
      let read: string[] | undefined;
      const { codes } = judging({ types: cell }, (judge) => (read = judge.codeList('types', types)));
      return read ?? codes;
    };
    expect(list('sexual;physical;sexual')).toEqual(['sexual', 'physical']);
    for (const bad of ['physical;', ';physical', 'physical;;sexual', ';', 'physical; sexual', 'physical,sexual', 'other']) expect(list(bad)).toEqual(['bad_value:types']);
  });

  describe('of two times in order', () => {
    it('refuses a later one that comes first', () => {
      expect(order('2025-01-02T00:00', '2025-01-01T23:59')).toEqual(['out_of_order:to']);
      expect(order('2025-07-01T10:00', '2025-07-01T09:30Z')).toEqual([]);
    });
    it('takes the same moment', () => expect(order('2025-07-01T10:00', '2025-07-01T09:00Z')).toEqual([]));
    it('compares nothing with a cell that is empty or bad', () => {
      expect(order('', '2025-01-01T00:00')).toEqual([]);
      expect(order('bad', '2025-01-01T00:00')).toEqual(['bad_value:from']);
      expect(order('2025-01-01T00:00', '2024-03-31T01:30')).toEqual(['no_such_time:to']);
    });
    it('compares a time in the future too', () => {
      expect(order('2026-02-01T00:00', '2026-01-01T00:00')).toEqual(['in_the_future:from', 'in_the_future:to', 'out_of_order:to']);
    });
  });

  it('counts every code and flag once', () => {
    const outcome = judging({ at: 'bad' }, (judge) => {
      judge.time('at');
      judge.time('at');
      judge.refuse('contradiction:outcome');
      judge.refuse('contradiction:outcome');
      judge.flag('under_18');
      judge.flag('under_18');
    });
    expect(outcome).toEqual({ codes: ['bad_value:at', 'contradiction:outcome'], flags: ['under_18'] });
  });

  it('says that a bad cell is filled', () => {
    judging({ at: 'bad' }, (judge) => expect(judge.isFilled('at')).toBe(true));
  });

  it('has found what is wrong with a row that has not as many cells as the header', () => {
    const judge = new RowJudge({ line: 2, cells: {}, wrongCellCount: true, raw: ['r'] }, began);
    expect(judge.codes).toEqual(['wrong_cell_count']);
    expect(judge.isAccepted).toBe(false);
  });

  it('does not know a column that no file has', () => {
    expect(() => judging({}, (judge) => judge.time('receivd_at'))).toThrow('receivd_at');
  });
});
