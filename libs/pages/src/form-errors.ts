/** One thing wrong with a form, linked to the field where it can be put right. */
export interface FormError {
  text: string;
  href: string;
}

/** The messages by field, as the components want them: `{ text }` or nothing. */
export function messagesByField(errors: FormError[]): Record<string, { text: string }> {
  return Object.fromEntries(errors.map(({ text, href }) => [href.replace('#', ''), { text }]));
}
