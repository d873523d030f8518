import { MESSAGES } from '../../application/post.js';
import { WAYS } from '../../domain/codes.js';
import { askedBy, filled, PERSONALISATION, TEMPLATES } from './templates.js';

const all = MESSAGES.flatMap((kind) => WAYS.map((way) => ({ kind, way })));
const given = { message: 'Thank you for telling us. (Invented.)', code: '123456', minutes: '15' };

describe('the templates', () => {
  it.each(all)('ask for what they are given: $kind by $way', ({ kind, way }) => {
    expect(askedBy(TEMPLATES[kind][way])).toEqual([...PERSONALISATION[kind]]);
  });
  it.each(all)('leave no place open: $kind by $way', ({ kind, way }) => {
    const { subject = '', body } = filled({ kind, way, personalisation: given });
    expect(`${subject} ${body}`).not.toMatch(/\(\(|\)\)/);
    expect(body).toContain({ told: given.message, code: given.code, asked: 'a question for you' }[kind]);
  });
  it('tell whoever sees the screen nothing', () => {
    for (const { kind, way } of all) expect(JSON.stringify(TEMPLATES[kind][way])).not.toMatch(/concern|safeguard|abuse|harm|adult|worr|reference/i);
  });
  it.each(WAYS)('have a notice by %s name nothing by which somebody could follow it, nor that anybody told', (way) => {
    const { subject = '', body } = filled({ kind: 'asked', way, personalisation: { ...given, number: 'SC-0000-0001', reference: 'SC-0000-0001' } });
    expect(`${subject} ${body}`).not.toMatch(/\b[A-Z]{2,}-|\d|\bt(old|ell)\b|\breport|\brais|\bcase\b|follow|\bcode\b|caseward|know more|website|https?:|about/i);
    expect(PERSONALISATION.asked).toEqual([]);
  });
  it('take words as they are', () => expect(filled({ kind: 'told', way: 'text', personalisation: { message: '$& ((code))' } }).body).toBe('$& ((code))'));
  it('are not sent without what they ask for', () => expect(() => filled({ kind: 'code', way: 'text', personalisation: { code: '1' } })).toThrow('asks for minutes'));
  it('come to one text message where they hold a code', () => expect(filled({ kind: 'code', way: 'text', personalisation: given }).body.length).toBeLessThanOrEqual(160));
});
