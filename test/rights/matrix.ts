import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Action, type Right, rights, type Role, roleCodes, scopeOf } from '#libs/access';
import { type Route, routesOf, shortReference } from '#libs/platform';
import { sample, type Schema } from '../junk.ts';
import { askedAs, north, west, type Whose, whose, type World } from './world.ts';

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-needs'?: string;
}

/** What is asked: about one record, about some that are named, for a new one, about an authority as a whole, or about none. */
type Kind = 'record' | 'records' | 'new' | 'question' | 'none';

/** One request, and what the table says of it. */
export interface Try {
  name: string;
  method: 'GET' | 'POST';
  url: string;
  body: object | undefined;
  actor: string;
  key: string;
  /** The status; 401 where whoever asks has first to show again that it is them; `taken` is any that is no refusal, `missed` one of something that is not there; `left out` an answer without the record. */
  expected: 401 | 403 | 404 | 'taken' | 'missed' | 'left out';
  /** It leaves a row also where nothing is shown. */
  isRecorded: boolean;
  /** Where the answer holds the records that were asked for. */
  holds: string | undefined;
  /** What no answer may hold but one to whoever said it. */
  hidden: string[];
}

/** Rows and messages that were set aside are nobody's record: whose role may, may with each. */
const ofNobody = /^(letter|quarantine)\./;
/** A version that no record has come to: whoever may change it is told so (412), and nothing changes. */
export const unseen = '"999999"';

/** Every route of a service that is for staff, asked by every role about what is theirs, what is not, and what is another authority's. */
export async function triesOf(app: NestFastifyApplication, world: World): Promise<Try[]> {
  const { paths } = (await app.inject('/openapi.json')).json() as { paths: Record<string, Record<string, Operation>> };
  return routesOf(app).flatMap((route) => {
    const { declared } = route;
    if (declared?.for !== 'staff') return [];
    const operation = paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    if (operation?.['x-needs'] !== declared.action) throw new Error(`the document does not say of ${route.method} ${route.path} that it needs ${declared.action}`);
    const those = whose.filter((one) => world.ids[one] !== undefined);
    return roleCodes.flatMap((role) => those.map((whose) => tryOf({ route, action: declared.action, operation, world }, role, whose)));
  });
}

interface Asked {
  route: Route;
  action: Action;
  operation: Operation;
  world: World;
}

function tryOf(asked: Asked, role: Role, whose: Whose): Try {
  const { route: { method, path }, action, world } = asked;
  const place = `${method} ${path}`;
  const kind = kindOf(asked);
  const id = (world.idsOf?.[role] ?? world.kinds?.[path.split('/')[1]!] ?? world.ids)[whose]!;
  const filled = world.asked?.[place]?.url?.(id) ?? path.replace(/:step\b/, 'propose').replace(':route', 'quality_team').replace(':fileId', world.within?.[id] ?? randomUUID()).replaceAll(/:\w+/g, ofNobody.test(action) ? randomUUID() : id);
  const authority = whose === 'another authority’s' ? north : west;
  return {
    name: `${place}, ${role}, ${whose}`,
    method: method as 'GET' | 'POST',
    url: kind === 'question' ? `${filled}?authority=${authority}${path === '/report' ? '&as_of=2026-01-01' : ''}` : filled,
    body: bodyOf(asked, kind, { id, authority }),
    actor: askedAs(role),
    key: randomUUID(),
    expected: expectedOf({ action, kind, path }, role, whose),
    isRecorded: world.asked?.[place]?.isRecordedAnyhow ?? false,
    holds: world.asked?.[place]?.key,
    hidden: [world.ids.restricted, world.ids['kept from them']].flatMap((hidden) => (hidden === undefined ? [] : [hidden, ...['SC', 'SE', 'DL'].map((begins) => shortReference(begins, hidden))])),
  };
}

function kindOf({ route: { method, path }, action, operation, world }: Asked): Kind {
  if (ofNobody.test(action)) return 'none';
  if (world.asked?.[`${method} ${path}`]) return 'records';
  if (operation.parameters?.some(({ name, in: where }) => name === 'authority' && where === 'query')) return 'question';
  if (path.includes(':')) return 'record';
  return schemaOf(operation)?.properties?.['authority'] ? 'new' : 'none';
}

const schemaOf = ({ requestBody }: Operation): Schema | undefined => requestBody?.content['application/json']?.schema;

function bodyOf({ route: { method, path }, operation, world }: Asked, kind: Kind, { id, authority }: { id: string; authority: string }): object | undefined {
  const place = `${method} ${path}`;
  const given = world.asked?.[place]?.body?.(id) ?? world.bodies?.[place];
  const schema = schemaOf(operation);
  if (given || !schema) return given;
  const body = sample(schema) as object;
  return kind === 'new' ? { ...body, authority } : body;
}

/** What the table says, told without the function that is tried. */
function expectedOf({ action, kind, path }: { action: Action; kind: Kind; path: string }, role: Role, whose: Whose): Try['expected'] {
  const scope = scopeOf(action, role);
  if (!scope) return 403;
  if ((rights[action] as Right).stepUp) return 401;
  if (kind === 'none' && path.includes(':')) return 'missed';
  if (kind === 'none' || scope === 'every' || (kind === 'new' && scope === 'own')) return 'taken';
  // To whoever is not named, or from whom it is kept, it is as if it were not there: the same answer, from the same query.
  if ((whose === 'restricted' || whose === 'kept from them') && kind !== 'question') return kind === 'record' ? 404 : kind === 'records' ? 'left out' : 'taken';
  if (whose === 'another authority’s') return kind === 'record' ? 404 : kind === 'records' ? 'left out' : 403;
  if (whose === 'theirs' || scope === 'any' || kind === 'new') return 'taken';
  return kind === 'records' ? 'left out' : 404;
}
