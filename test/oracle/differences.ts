/** Every key at which two pieces of JSON differ, with both values. */
export function differences(expected: unknown, found: unknown, path = ''): string[] {
  if (isTree(expected) && isTree(found)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...keys].flatMap((key) => differences(expected[key], found[key], path === '' ? key : `${path}.${key}`));
  }
  return Object.is(expected, found) ? [] : [`${path}: expected ${show(expected)}, found ${show(found)}`];
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
