/** How a file is given back under its own name (RFC 6266): to be kept, never shown; for old programs in plain letters besides. */
export function attachment(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\w.() -]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
