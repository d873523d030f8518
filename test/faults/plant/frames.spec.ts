import { frames } from './frames.ts';

const text = (parts: Buffer[]): string[] => parts.map(String);

describe('what a broker says', () => {
  it('is taken apart at its messages, whole even where a message holds the end of a line', () => {
    const said = Buffer.from('PING\r\nMSG a.b 1 5\r\nx\r\ny!\r\nHMSG a 2 $JS.ACK.s.d.1 4 6\r\nhead-b\r\n+OK\r\nHMSG a 2 4');
    const found = frames(said);
    const whole: Buffer[] = [];
    let step = found.next();
    for (; !step.done; step = found.next()) whole.push(step.value);
    expect(text(whole)).toEqual(['PING\r\n', 'MSG a.b 1 5\r\nx\r\ny!\r\n', 'HMSG a 2 $JS.ACK.s.d.1 4 6\r\nhead-b\r\n', '+OK\r\n']);
    expect(String(step.value)).toBe('HMSG a 2 4');
  });
});
