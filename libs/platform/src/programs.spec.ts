import { programClients, Programs } from './programs.js';

const of = (text: string): Programs => new Programs(programClients.parse(text));

describe('the programs of a system', () => {
  it('are called as they are, unless told', () => expect([of('').of('people'), of('').of('operator'), of('').of('staff-site')]).toEqual(['people', 'operator', undefined]));
  it('are the clients that are named, and then no others', () => {
    const told = of('people=11111111-1111-1111-1111-111111111111');
    expect([told.of('11111111-1111-1111-1111-111111111111'), told.of('people'), told.of('triage')]).toEqual(['people', undefined, 'triage']);
  });
  it('are none but those that there are', () => expect(programClients.safeParse('somebody=else').success).toBe(false));
});
