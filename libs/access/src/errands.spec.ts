import { errandNames, errands, mayAsk, programs } from './errands.js';

describe('what programs may ask of services', () => {
  it('is something for somebody each time', () => {
    for (const name of errandNames) expect([name, errands[name].by.length > 0]).toEqual([name, true]);
  });
  it('is who somebody is for people alone', () => expect(programs.filter((program) => mayAsk(program, 'claims.read'))).toEqual(['people']));
  it('is for no program that nobody knows', () => expect(errandNames.filter((name) => mayAsk(undefined, name))).toEqual([]));
});
