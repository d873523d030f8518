import { Pace, TooFast } from './pace.js';

const askingOften = async (pace: Pace, asker: string, times: number): Promise<unknown[]> =>
  Promise.all(Array.from({ length: times }, () => pace.count(asker).then(() => 'answered', (error: unknown) => error)));

describe('how often one may ask in a minute', () => {
  it('is as often as was set, and then a wait of no more than that minute', async () => {
    const answers = await askingOften(new Pace(3), 'one', 5);
    expect(answers.slice(0, 3)).toEqual(['answered', 'answered', 'answered']);
    for (const refusal of answers.slice(3)) {
      expect(refusal).toBeInstanceOf(TooFast);
      expect((refusal as TooFast).waitSeconds).toBeGreaterThan(0);
      expect((refusal as TooFast).waitSeconds).toBeLessThanOrEqual(60);
    }
  });

  it('is counted for each by themselves', async () => {
    const pace = new Pace(2);
    await askingOften(pace, 'one', 5);
    expect(await askingOften(pace, 'other', 2)).toEqual(['answered', 'answered']);
  });
});
