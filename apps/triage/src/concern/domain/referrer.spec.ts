import { speakingFor } from './referrer.js';

const known = { name: 'Invented Care at Home', kind: 'home_care' } as const;

describe('whoever raises a concern for a partner organisation', () => {
  it('need not say for which', () => expect(speakingFor<{ name: string; organisation?: string }>({ name: 'Ada' }, known)).toEqual({ name: 'Ada', organisation: 'Invented Care at Home', type: 'home_care' }));
  it('may leave the field empty', () => expect(speakingFor({ organisation: '' }, known)).toMatchObject({ organisation: 'Invented Care at Home' }));
  it('may say it otherwise', () => {
    expect(speakingFor({ organisation: 'The night team', type: 'other' }, known)).toEqual({ organisation: 'The night team', type: 'other' });
    expect(speakingFor({ organisation: 'The night team' }, known)).toEqual({ organisation: 'The night team', type: 'home_care' });
  });
  it.each(['self', 'family_or_friend'] as const)('speaks for none where they write as %s', (type) => expect(speakingFor({ type }, known)).toEqual({ type }));
  it('is who they say they are where nothing is registered', () => expect(speakingFor({ organisation: 'A home' }, undefined)).toEqual({ organisation: 'A home' }));
});
