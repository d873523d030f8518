import { Vault, Words } from '#libs/journal';
import { type RaiseBody, raiseBody } from './bodies.js';
import { receiveConcern, wholeWishesOf } from './commands.js';

const making = { words: new Words(new Vault('triage', Buffer.alloc(32, 7))), now: '2026-06-05T09:00:00.000000Z', by: 'staff-1' };
const raised = (more: object = {}): RaiseBody => raiseBody.parse({ authority: 'E06000062', worry: 'A worry', ...more });
const received = (more: object = {}) => receiveConcern(raised(more), making, { reference: 'SC-1' });

describe('a concern that is raised', () => {
  it.each([{ asked: 'not_asked' }, { asked: 'could_not_ask' }, { asked: 'asked_and_expressed' }, { asked: 'not_asked', words: ' ' }])('is taken with half an answer on wishes, which is asked for: %j', (wishes) => {
    expect(received({ wishes }).missing).toContain('wishes');
    expect(wholeWishesOf(raised({ wishes }), making)).toBeNull();
  });
  it.each([{ asked: 'asked_not_expressed' }, { asked: 'not_asked', words: 'unsafe to' }, { asked: 'could_not_ask', words: 'asleep' }])('keeps a whole answer: %j', (wishes) => {
    expect(received({ wishes }).missing).not.toContain('wishes');
    expect(wholeWishesOf(raised({ wishes }), making)).toMatchObject({ answer: wishes.asked });
  });
  it.each(['not_sure', 'not_said'])('has its council’s area to be asked for where a form says that nobody knows it, and nowhere else: %s', (area) => {
    expect(received({ details: { area } }).missing).toContain('area');
    expect(received().missing).not.toContain('area');
  });
  it('takes what was left empty as not given', () => {
    expect(received({ referrer: { email: '', phone: '01632 960001' } }).hasContact).toBe(true);
    expect(received({ referrer: { email: ' ', phone: '' } }).hasContact).toBe(false);
    const person = { familyName: '', givenName: 'Ada', address: '', postcode: '' };
    expect(received({ person }).missing).toEqual(['person_date_of_birth', 'person_address', 'when_it_happened', 'action_taken', 'wishes', 'consent']);
  });
  it('keeps what else was said with its words, where nobody reads it who does not work on it', () => {
    const { account, missing, ...journalled } = received({ details: { when: 'on Monday', done: 'moved her', othersAtRisk: ['children'], alleged: 'An invented nephew' } });
    expect(missing).not.toEqual(expect.arrayContaining(['when_it_happened', 'action_taken']));
    expect(account).toMatchObject({ textId: expect.any(String) });
    expect(JSON.stringify(journalled)).not.toMatch(/Monday|moved|nephew|children/);
  });
});
