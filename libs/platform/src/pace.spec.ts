import { itemsIn, Pace, TooFast } from './pace.js';

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

describe('a request that stands for several', () => {
  it('counts as many, and is refused whole where that is too many', async () => {
    const pace = new Pace(10);
    await pace.count('one', 8);
    await expect(pace.count('one', 3)).rejects.toBeInstanceOf(TooFast);
    await expect(pace.count('other', 10)).resolves.toBeUndefined();
  });
  it.each([[{ items: [1, 2, 3] }, 3], [{ items: [] }, 1], [{ items: 'many' }, 1], [null, 1], ['text', 1]])('%j', (body, count) => expect(itemsIn(body)).toBe(count));
});
