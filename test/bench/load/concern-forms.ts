import { raise } from '../../line.ts';
import { Random } from '../../oracle/random.ts';

const syllables = ['lor', 'bat', 'min', 'dev', 'ost', 'qua', 'fen', 'zil', 'ker', 'tam', 'ux', 'pol', 'gri', 'hav', 'ned', 'wos'] as const;
const given = ['Testa', 'Inventa', 'Fictus', 'Exempla', 'Probus', 'Modela'] as const;
const postcodes = ['NN1 1AA', 'NN4 5EA', 'NN2 7AL', 'NN5 7UJ', 'NN3 8RB', 'NN11 4FP'] as const;
const sentences = [
  'There are bruises on both arms, and she says she fell.',
  'The carer did not come on Monday, nor the day after.',
  'His medicines were still in the box, untouched since Friday.',
  'Money is missing from the purse, and a nephew has the card.',
  'She was found in yesterday’s clothes, cold, and asked for water.',
  'He is afraid when a certain visitor is at the door.',
  'The neighbour hears shouting at night, and nobody opens.',
  'Two residents argued at dinner, and one was pushed.',
] as const;

/** Concerns as an invented partner raises them, each about an invented person of its own; the same for the same seed. */
export class ConcernForms {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  next(): object {
    const random = this.#random;
    const worry = Array.from({ length: 4 + random.below(5) }, () => random.pick(sentences)).join(' ');
    return { ...raise, worry: `${worry} (An invented account.)`, person: this.#person() };
  }

  /** Names differ from their first letters on, as those of real people do: whoever looks for the same person finds few. */
  #person() {
    const random = this.#random;
    const family = Array.from({ length: 3 }, () => random.pick(syllables)).join('');
    const [month, day] = [1 + random.below(12), 1 + random.below(28)].map((part) => String(part).padStart(2, '0'));
    return {
      givenName: random.pick(given),
      familyName: `${family[0]!.toUpperCase()}${family.slice(1)}invented`,
      dateOfBirth: `${1925 + random.below(75)}-${month}-${day}`,
      address: `${1 + random.below(200)} Invented Row`,
      postcode: random.pick(postcodes),
    };
  }
}
