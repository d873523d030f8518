import type { QueryRunner } from 'typeorm';
import { authoritiesOf, beginning, lastly, noted, openTo, raisedBy, seeing, toldSight, transact, unread, withRestricted } from './sight.js';

describe('what a transaction is told of', () => {
  it.each([
    ['every' as const, '*'],
    [['E06000062'], 'E06000062'],
    [['E06000062', 'E06000061', 'E06000062'], 'E06000062,E06000061'],
    [['E06000062', unread], 'E06000062,?'],
    [['E06000062', raisedBy('staff-partner-1')], 'E06000062,@staff-partner-1'],
    [['E06000062', openTo('staff-triage-1')], 'E06000062,~staff-triage-1'],
    [withRestricted(['E06000062']), 'E06000062,!'],
    [withRestricted('every'), '*'],
    [[], '-'],
  ])('of %j is %s', (sight, told) => expect(toldSight(sight)).toBe(told));

  it.each([['*'], [''], ["@a'b"], ['@a,b'], ['@'], ["'; drop table journal; --"], ['E06000062,E06000061'], ['-']])('is no code that could say more: %j', (code) => {
    expect(() => toldSight([code])).toThrow('by their codes alone');
  });

  it('comes with its beginning, in one question', () => {
    expect(beginning(['E06000062'])).toBe(`begin; select set_config('caseward.authorities', 'E06000062', true)`);
    expect(beginning('every', 'repeatable read')).toBe(`begin isolation level repeatable read; select set_config('caseward.authorities', '*', true)`);
  });

  it('is what some things belong to, once each', () => {
    expect(authoritiesOf([{ authority: 'B' }, { authority: null }, { authority: 'A' }, { authority: 'B' }])).toEqual(['A', 'B']);
  });
});

describe('a transaction', () => {
  let asked: string[];
  let isReleased: boolean;
  const source = (fails: (sql: string) => boolean = () => false, isPipelined = false) => {
    asked = [];
    isReleased = false;
    const query = async (sql: string) => {
      asked.push(sql);
      if (fails(sql)) throw new Error(`refused: ${sql}`);
      return [{ n: 1 }];
    };
    const runner = { query, connect: async () => ({ pipeline: isPipelined }), manager: { query }, release: async () => void (isReleased = true) } as unknown as QueryRunner;
    return { createQueryRunner: () => runner };
  };
  const sight = ['E06000062'];
  const begun = beginning(sight);

  it('begins with what it sees, and ends', async () => {
    expect(await transact(source(), { sight }, (tx) => tx.query('select'))).toEqual([{ n: 1 }]);
    expect([asked, isReleased]).toEqual([[begun, 'select', 'commit'], true]);
  });

  it('leaves nothing behind where its work fails, and says why', async () => {
    await expect(transact(source((sql) => sql === 'select'), { sight }, (tx) => tx.query('select'))).rejects.toThrow('refused: select');
    expect([asked, isReleased]).toEqual([[begun, 'select', 'rollback'], true]);
  });

  it('says why it failed also where nothing can be rolled back', async () => {
    await expect(transact(source((sql) => sql !== begun), { sight }, (tx) => tx.query('select'))).rejects.toThrow('refused: select');
    expect(isReleased).toBe(true);
  });

  it('does not begin for what is no authority', async () => {
    await expect(transact(source(), { sight: ['*'] }, async () => {})).rejects.toThrow('by their codes alone');
    expect(asked).toEqual([]);
  });

  it('ends badly where the last that it asked did, whether or not it waited for that', async () => {
    for (const isPipelined of [false, true]) {
      const ending = transact(source((sql) => sql === 'update', isPipelined), { sight }, (tx) => lastly(tx, tx.query('update')));
      await expect(ending).rejects.toThrow('refused: update');
      expect([asked.at(0), asked.at(-1), isReleased]).toEqual([begun, 'rollback', true]);
    }
  });

  it('says why the last that it asked failed also where something is asked after that, which could not but fail', async () => {
    const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
    const asking = (error: string) => transact(source(undefined, true), { sight }, async (tx) => {
      await lastly(tx, failing('53100'));
      await failing(error);
    });
    await expect(asking('25P02')).rejects.toThrow('53100');
    await expect(asking('23505')).rejects.toThrow('23505');
    expect([asked.at(-1), isReleased]).toEqual(['rollback', true]);
  });

  it('does not wait for the last answers where its connection can do without, and is over when all have come', async () => {
    let answer = (_rows: unknown[]): void => {};
    const late = new Promise<unknown[]>((resolve) => (answer = resolve));
    const over = transact(source(undefined, true), { sight }, (tx) => lastly(tx, late));
    await new Promise(setImmediate);
    expect([asked, isReleased]).toEqual([[begun, 'commit'], false]);
    answer([]);
    await over;
    expect(isReleased).toBe(true);
  });

  it('may be noted first, one statement after another', async () => {
    const work = noted(async (tx) => {
      await tx.query('update', [1]);
      await tx.query('delete');
    });
    expect(await work).toEqual([{ sql: 'update', parameters: [1] }, { sql: 'delete', parameters: [] }]);
  });

  it('is made of every single statement', async () => {
    await seeing(source(), []).query('select');
    expect(asked).toEqual([beginning([]), 'select', 'commit']);
  });
});
