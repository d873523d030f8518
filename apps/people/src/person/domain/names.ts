/** Letters that Unicode does not take apart into a plain one and a mark. */
const plain: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ß: 'ss', ı: 'i' };

/** A name as it is compared: lower case, without marks, points, hyphens and spaces. */
export function normaliseName(name: string): string {
  const bare = name.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  return [...bare].map((letter) => plain[letter] ?? letter).join('').replaceAll(/[^\p{L}]/gu, '');
}

/** A surname as it is compared: besides, `Mac` is written `Mc`, and `O’` runs into the name. */
export function normaliseSurname(name: string): string {
  const bare = normaliseName(name);
  return isMac(bare) ? `mc${bare.slice(3)}` : bare;
}

/** `MacDonald` is `McDonald`; `Mack`, `Mace` and `Macey` are names of their own. */
function isMac(bare: string): boolean {
  return bare.length > 6 && bare.startsWith('mac');
}

/** A postcode without spaces, in capitals; nothing where it does not look like one. */
export function normalisePostcode(postcode: string): string | null {
  const bare = postcode.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(bare) ? bare : null;
}

/** The sector of a postcode: all but its last two letters. */
export function sectorOf(postcode: string): string {
  return postcode.slice(0, -2);
}
