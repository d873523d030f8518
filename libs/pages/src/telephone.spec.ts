import { telephone } from './telephone.js';

describe('a telephone number on a page', () => {
  it.each([
    ['01632 960 999 (an invented number)', 'tel:01632960999', '01632 960 999</a> (an invented number)'],
    ['+44 (0)1632 960999', 'tel:+441632960999', '+44 (0)1632 960999</a>'],
    ['101', 'tel:101', '101</a>'],
    ['01632 960 999 (24 hours)', 'tel:01632960999', '01632 960 999</a> (24 hours)'],
    ['01632 960 999 - 24 hours', 'tel:01632960999', '01632 960 999</a> - 24 hours'],
    ['01632 960 999 8 to 6', 'tel:01632960999', '01632 960 999</a> 8 to 6'],
    ['(01632) 960-999', 'tel:01632960999', '(01632) 960-999</a>'],
  ])('is rung with a finger: %s', (said, href, shown) => {
    expect(telephone(said)).toContain(`href="${href}"`);
    expect(telephone(said)).toMatch(new RegExp(`>${shown.replaceAll(/[()+]/g, '\\$&')}$`));
  });
  it('is text where it is none, and never a tag', () => {
    expect(telephone('ask at the desk')).toBe('ask at the desk');
    expect(telephone('01632 960 999 <b>"now"</b>')).toMatch(/<\/a> &lt;b&gt;&quot;now&quot;&lt;\/b&gt;$/);
  });
});
