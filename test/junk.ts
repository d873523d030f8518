/** As much of a JSON Schema as the services' OpenAPI documents use. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  oneOf?: Schema[];
  anyOf?: Schema[];
  default?: unknown;
}

export interface Spoiled {
  what: string;
  value: unknown;
}

const aUuid = '0190d3a5-7c1e-7a3b-8f52-aa11bb22cc33';
const formats: Record<string, string> = { uuid: aUuid, date: '2026-06-02', 'date-time': '2026-06-02T09:30:00.000000Z' };
const huge = 'x'.repeat(200_000);

/** Something that a schema allows, with every property that it names. */
export function sample(schema: Schema): unknown {
  if (schema.enum) return schema.enum[0];
  const choice = (schema.oneOf ?? schema.anyOf)?.[0];
  if (choice) return sample(choice);
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sample(property)]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return formats[schema.format ?? ''] ?? (schema.pattern ? 'a1' : 'Something.');
  }
}

/** Values that a schema does not allow: of another type, too long, with a key that nobody knows, one thing at a time. */
export function* spoiled(schema: Schema, at = 'the whole'): Generator<Spoiled> {
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return yield* options.flatMap((option) => [...spoiled(option, at)]).filter(({ value }) => value !== null || !options.some((option) => typeOf(option) === 'null'));
  const type = typeOf(schema);
  yield { what: `${at} of another type`, value: type === 'object' ? [] : { another: 'type' } };
  if (type === 'string' && (schema.maxLength || schema.pattern || schema.enum)) yield { what: `${at} without an end`, value: huge };
  if (type === 'array') {
    yield { what: `${at} with a wrong item`, value: [{ deep: [[[[]]]] }] };
    if (schema.maxItems) yield { what: `${at} with too many items`, value: Array.from({ length: schema.maxItems + 1 }, () => sample(schema.items ?? {})) };
  }
  if (type === 'object') yield* spoiledObjects(schema, at);
}

function* spoiledObjects(schema: Schema, at: string): Generator<Spoiled> {
  const whole = sample(schema) as Record<string, unknown>;
  if (schema.additionalProperties === false) yield { what: `${at} with a key that nobody knows`, value: { ...whole, nobodyKnows: 1 } };
  for (const name of schema.required ?? []) {
    const { [name]: _gone, ...rest } = whole;
    if (schema.properties?.[name]?.default === undefined) yield { what: `${at} without ${name}`, value: rest };
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    for (const { what, value } of spoiled(property, `${at}.${name}`)) yield { what, value: { ...whole, [name]: value } };
  }
}

/** What a schema allows with a text in one place at a time, wherever it takes text. */
export function searched(schema: Schema, text: string): unknown[] {
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return options.flatMap((option) => searched(option, text));
  const [properties, required] = [schema.properties ?? {}, schema.required ?? []];
  const least = Object.fromEntries(required.map((name) => [name, name === 'authority' ? 'E06000062' : sample(properties[name] ?? {})]));
  return Object.keys(properties).flatMap((name) => {
    const inside = properties[name]!;
    if (typeOf(inside) === 'object') return searched(inside, text).map((value) => ({ ...least, [name]: value }));
    return typeOf(inside) === 'string' && !inside.enum ? [{ ...least, [name]: text }] : [];
  });
}

const strange = `\0\u0085\u202e'";--${'é'.repeat(50)}`;

/** What a schema allows, with characters that databases and terminals dislike wherever it leaves the text open. */
export function awkward(schema: Schema, more = strange): unknown {
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return awkward(options[0]!, more);
  if (typeOf(schema) === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, awkward(property, more)]));
  const found = sample(schema);
  const isOpen = typeof found === 'string' && !schema.enum && !schema.format && !schema.pattern;
  return isOpen ? `${found}${more}` : found;
}

function typeOf({ type, properties }: Schema): string | undefined {
  return (Array.isArray(type) ? type[0] : type) ?? (properties ? 'object' : undefined);
}
