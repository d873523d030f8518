import { errandNames, errands, mayAsk, programs } from './errands.js';
import { type Action, actions, type Right, rights, scopeOf, scopes } from './rights.js';
import { roleCodes, roles } from './roles.js';

/** Which roles may do something, as a reader calls them. */
export function whoMay(action: Action): string[] {
  const right: Right = rights[action];
  const may = scopes.flatMap((scope) => right[scope] ?? []);
  return roleCodes.filter((role) => may.includes(role)).map((role) => roles[role]);
}

/** The table of roles and actions in Markdown, a part for each kind of record. */
export function rightsInMarkdown(): string {
  const parts = Map.groupBy(actions, (action) => action.split('.')[0]!);
  return [...parts].map(([record, some]) => part(record, some)).join('\n\n');
}

function part(record: string, some: Action[]): string {
  const used = roleCodes.filter((role) => some.some((action) => scopeOf(action, role)));
  const rows = some.map((action) => [`\`${action}\`: ${rights[action].does}${(rights[action] as Right).stepUp ? ', after signing in again' : ''}`, ...used.map((role) => scopeOf(action, role) ?? '')]);
  return [row([`**${record}**`, ...used.map((role) => roles[role])]), row(['---', ...used.map(() => ':-:')]), ...rows.map(row)].join('\n');
}

/** The table of programs and what they may ask of services, in Markdown. */
export function errandsInMarkdown(): string {
  const rows = errandNames.map((name) => [`\`${name}\`: ${errands[name].does}`, ...programs.map((program) => (mayAsk(program, name) ? 'yes' : ''))]);
  return [row(['**between programs**', ...programs]), row(['---', ...programs.map(() => ':-:')]), ...rows.map(row)].join('\n');
}

const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
