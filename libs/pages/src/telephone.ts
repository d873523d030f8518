const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => escapes[one]!);

/** A number as a council writes it; what it says besides may have digits too, and is not rung: "01604 000 000 (24 hours)". */
const number = /^(?:\+\d{1,3} ?(?:\(0\) ?)?\d(?:[ -]?\d){5,11}|\(\d{3,5}\) ?\d(?:[ -]?\d){4,7}|\d(?:[ -]?\d){2,10})/;

/** A telephone number to be rung with a finger; what is none stays text. HTML. */
export function telephone(said: string): string {
  const [found] = number.exec(said) ?? [];
  if (!found) return escaped(said);
  const dialled = found.replaceAll(/\(0\)/g, '').replaceAll(/[^\d+]/g, '');
  return `<a class="govuk-link cw-unbroken" href="tel:${dialled}">${escaped(found)}</a>${escaped(said.slice(found.length))}`;
}
