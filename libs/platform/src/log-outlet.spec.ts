import { jest } from '@jest/globals';
import { LogOutlet } from './log-outlet.js';

const full = () => {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};

describe('the log', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** A disk with so many bytes left. */
  class Disk {
    text = '';
    constructor(public room: number) {}
    put = (_fd: number, bytes: Buffer, from: number): number => {
      const some = bytes.subarray(from, from + this.room);
      if (some.length === 0) full();
      this.room -= some.length;
      this.text += some.toString();
      return some.length;
    };
  }

  it('is written line by line', () => {
    const disk = new Disk(100);
    const log = new LogOutlet(1, disk.put);
    log.write('one\n');
    log.write('two\n');
    expect(disk.text).toBe('one\ntwo\n');
  });

  it('is gone without while there is no room, and says how much is missing once there is', () => {
    const disk = new Disk(6);
    const log = new LogOutlet(1, disk.put);
    for (const line of ['one\n', 'two\n', 'three\n']) log.write(line);
    disk.room = 1_000;
    jest.advanceTimersByTime(2_000);
    log.write('four\n');
    const [one, half, note, four] = disk.text.split('\n');
    expect([one, half, four]).toEqual(['one', 'tw', 'four']);
    expect(JSON.parse(note!)).toMatchObject({ level: 40, msg: 'the log could not be written', lost: 2 });
  });

  it('is tried again for as long as it takes', () => {
    const disk = new Disk(0);
    const log = new LogOutlet(1, disk.put);
    log.write('one\n');
    jest.advanceTimersByTime(60_000);
    expect(disk.text).toBe('');
    disk.room = 1_000;
    jest.advanceTimersByTime(2_000);
    expect(disk.text).toContain('"lost":1');
  });
});
