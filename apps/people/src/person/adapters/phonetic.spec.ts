import { phonetic } from './phonetic.js';

const alike = (a: string, b: string): boolean => phonetic(a).some((sound) => phonetic(b).includes(sound));

describe('how surnames sound', () => {
  it.each([
    ['smith', 'smyth'],
    ['clarke', 'clark'],
    ['philips', 'fillips'],
    ['knight', 'night'],
    ['wright', 'right'],
    ['hughes', 'hewes'],
    ['macdonald', 'mcdonald'],
    ['schmidt', 'shmit'],
    ['stephens', 'stevens'],
  ])('%s sounds like %s', (a, b) => expect(alike(a, b)).toBe(true));

  it.each([
    ['smith', 'jones'],
    ['varga', 'patel'],
    ['brown', 'green'],
    ['taylor', 'turner'],
  ])('%s does not sound like %s', (a, b) => expect(alike(a, b)).toBe(false));

  it('gives no key where there is nothing to hear', () => expect(phonetic('')).toEqual([]));
});
