/** A form as browsers send it that has a file in it; without one, as where none was chosen. */
export function formWith(fields: Record<string, string>, { name, content }: { name: string; content: string } = { name: '', content: '' }) {
  const parts = Object.entries(fields).map(([field, value]) => `--between\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`);
  const file = `--between\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n${content}\r\n--between--\r\n`;
  return { payload: [...parts, file].join(''), headers: { 'content-type': 'multipart/form-data; boundary=between' } };
}
