/** A mobile number of the United Kingdom, as people and GOV.UK Notify write it. Personal numbers (070) and pagers (076, but for the Isle of Man's 07624) take no texts. */
const ofMobile = /^(?:\+44|0044|44|0)?(?:7624\d{6}|7[1-57-9]\d{8})$/;
/** Abroad nobody can tell from a number alone. */
const abroad = /^(?:\+|00)(?!44)[1-9]\d{6,14}$/;

/** Whether a telephone number can be sent a text message; what was written beside a number makes none of it. */
export function takesTexts(phone: string): boolean {
  const number = phone.replace('(0)', '').replaceAll(/[\s().-]/g, '');
  return ofMobile.test(number) || abroad.test(number);
}
