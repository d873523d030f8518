import { z } from 'zod';
import { type Program, programs } from '#libs/access';

const pairs = new RegExp(`^((${programs.join('|')})=[^,=\\s]+(,|$))*$`);

/** Which client of the provider each program of ours is, as `people=CLIENT,triage=CLIENT`; one that is not named is called as the program is. By client. */
export const programClients = z
  .string()
  .regex(pairs, 'names programs and their clients with the provider, as people=CLIENT,triage=CLIENT')
  .default('')
  .transform((text): ReadonlyMap<string, Program> => {
    const named = new Map(text.split(',').filter(Boolean).map((pair) => pair.split('=') as [Program, string]));
    return new Map(programs.map((program) => [named.get(program) ?? program, program]));
  });

/** The programs of this system. */
export class Programs {
  constructor(private readonly clients: ReadonlyMap<string, Program>) {}

  /** Undefined for a client that is none of them. */
  of(clientId: string): Program | undefined {
    return this.clients.get(clientId);
  }
}
