const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => escapes[one]!);

/** A number as a council writes it, and what it says besides: "01604 000 000 (day and night)". */
const number = /^\+?[\d(][\d ()-]{1,30}\d/;

/** A telephone number to be rung with a finger; what is none stays text. HTML. */
export function telephone(said: string): string {
  const [found] = number.exec(said) ?? [];
  if (!found) return escaped(said);
  const dialled = found.replaceAll(/\(0\)/g, '').replaceAll(/[^\d+]/g, '');
  return `<a class="govuk-link cw-unbroken" href="tel:${dialled}">${escaped(found)}</a>${escaped(said.slice(found.length))}`;
}
