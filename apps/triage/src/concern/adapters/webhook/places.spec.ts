import { Places } from './places.js';

/** Somebody who stays in their place until they are told to go. */
function aVisit(places: Places, name: string, came: string[]) {
  let go!: (how?: Promise<never>) => void;
  const stay = new Promise<void>((resolve) => (go = resolve));
  const over = places.within(async () => {
    came.push(name);
    await stay;
    return name;
  });
  return { go, over };
}

describe('a number of places', () => {
  it('takes so many at once, and the others in the order in which they came', async () => {
    const [places, came] = [new Places(2), [] as string[]];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => aVisit(places, name, came)) as [ReturnType<typeof aVisit>, ReturnType<typeof aVisit>, ReturnType<typeof aVisit>, ReturnType<typeof aVisit>];
    expect(came).toEqual(['a', 'b']);
    b.go();
    expect(await b.over).toBe('b');
    const again = aVisit(places, 'b again', came);
    expect(came).toEqual(['a', 'b', 'c']);
    for (const one of [a, c, d, again]) one.go();
    expect(await Promise.all([a.over, c.over, d.over, again.over])).toEqual(['a', 'c', 'd', 'b again']);
    expect(came).toEqual(['a', 'b', 'c', 'd', 'b again']);
  });

  it('has a place back from whoever failed in it', async () => {
    const places = new Places(1);
    const failed = places.within(() => Promise.reject(new Error('planted')));
    const next = places.within(async () => 'done');
    await expect(failed).rejects.toThrow('planted');
    expect([await next, await places.within(async () => 'and after')]).toEqual(['done', 'and after']);
  });
});
