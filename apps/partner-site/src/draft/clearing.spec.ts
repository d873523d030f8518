import { jest } from '@jest/globals';
import { ServiceUnavailable } from '#libs/pages';
import { readTyped } from '../concern/typed.js';
import { MemoryRows } from '../../test/memory-rows.js';
import { keepClear } from './clearing.js';
import { Drafts } from './drafts.js';

const minute = 60_000;
const rows = new MemoryRows();
const row = (name: string, endsAt: number) => ({ id: Buffer.from(name), content: Buffer.alloc(600), endsAt: new Date(endsAt) });
let now = 0;
let lines: object[] = [];
const log = { warn: (line: object) => void lines.push(line), error: (line: object) => void lines.push(line) };

beforeEach(() => {
  jest.useFakeTimers();
  [now, lines, rows.isAway] = [0, [], false];
  rows.rows.clear();
});
afterEach(() => jest.useRealTimers());

const begin = (drafts: Drafts, more: { isSaved?: true } = {}) => drafts.begin({ key: 'k', sender: '', next: 'person', answers: readTyped({}), ...more });

/** So many minutes on. */
async function pass(minutes: number): Promise<void> {
  now += minutes * minute;
  await jest.advanceTimersByTimeAsync(minutes * minute);
}

describe('drafts whose time is over', () => {
  it('are deleted within a minute, whether or not anybody begins another', async () => {
    await rows.add(row('one', minute));
    await rows.add(row('other', 10 * minute));
    const stop = keepClear(new Drafts(rows, () => now, 10_000), log);
    await pass(2);
    expect([...rows.rows.values()].map(({ id }) => id.toString())).toEqual(['other']);
    stop();
    await pass(20);
    expect(rows.rows.size).toBe(1);
  });

  it('are deleted once the database is there again', async () => {
    await rows.add(row('one', minute));
    rows.isAway = true;
    const stop = keepClear(new Drafts(rows, () => now, 10_000), log);
    await pass(2);
    expect(lines).toContainEqual({ kind: 'drafts not cleared' });
    rows.isAway = false;
    await pass(1);
    expect(rows.rows.size).toBe(0);
    stop();
  });
});

describe('more drafts than there is room for', () => {
  it('keep others from being begun, wake whoever looks after it, and make room as they end', async () => {
    const drafts = new Drafts(rows, () => now, 1_000);
    const stop = keepClear(drafts, log);
    await rows.add(row('one', 5 * minute));
    await rows.add(row('other', 5 * minute));
    await pass(1);
    expect(lines).toEqual([{ kind: 'drafts filling up', bytes: 1_200 }]);
    await expect(begin(drafts)).rejects.toThrow(ServiceUnavailable);
    await pass(5);
    await expect(begin(drafts)).resolves.toMatchObject({ secret: expect.any(String) });
    stop();
  });

  it('keep half of it for those that nobody saved, so that others can begin within hours', async () => {
    const drafts = new Drafts(rows, () => now, 1_000);
    await rows.add(row('one', 28 * 24 * 60 * minute));
    await drafts.clear();
    const held = await begin(drafts);
    await expect(drafts.change(held, (draft) => ({ ...draft, isSaved: true }))).rejects.toThrow(ServiceUnavailable);
    await expect(drafts.change(held, (draft) => draft)).resolves.toMatchObject({ key: 'k' });
    await expect(begin(drafts, { isSaved: true })).rejects.toThrow(ServiceUnavailable);
  });
});
