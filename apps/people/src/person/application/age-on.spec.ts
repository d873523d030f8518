import { judgeAge } from './age-on.js';

describe('an age on a day', () => {
  it.each([
    ['2000-02-29', '2018-02-28', { ageBand: 'not_known', under18: true }],
    ['2000-02-29', '2018-03-01', { ageBand: '18-64', under18: false }],
    ['2008-08-01', '2026-07-31', { ageBand: 'not_known', under18: true }],
    ['2008-08-01', '2026-08-01', { ageBand: '18-64', under18: false }],
    ['2020-01-01', '2019-12-31', { ageBand: 'not_known', under18: true }],
    ['1961-08-02', '2026-08-01', { ageBand: '18-64', under18: false }],
    ['1961-08-01', '2026-08-01', { ageBand: '65-74', under18: false }],
    ['1931-08-01', '2026-08-01', { ageBand: '95+', under18: false }],
    [null, '2026-08-01', { ageBand: 'not_known', under18: false }],
    ['1961-08-01', null, { ageBand: 'not_known', under18: false }],
  ] as const)('of somebody born on %s, on %s, is %j', (born, on, expected) => expect(judgeAge(born, on)).toEqual(expected));
});
