import type { Instant } from '#libs/calendar';
import type { ContractOf } from '#libs/contracts';
import type { Request, Standing, Tx } from '#libs/journal';
import type { Inherited } from '#libs/platform';
import type { KeptForPerson } from '#libs/restriction';

/** What every record that is about a person is told once `people` knows whom. */
export interface IdentifyPerson {
  type: 'IdentifyPerson';
  at: Instant;
  personId: string;
  personSequence: number;
  /** Whom alone other records about that person are open to, where they are restricted. */
  restrictedTo?: readonly string[];
  /** From whom those are kept for that person's sake. */
  keptFrom?: readonly KeptForPerson[];
  ageBand: ContractOf<'safeguarding.person.identified.v1'>['data']['ageBand'];
}

/** As much of a kind of record's stories as is needed to learn who its records are about. */
interface Stories<State> {
  get(tx: Tx, recordId: string, authority: string | null): Promise<Standing<State>>;
  standings(tx: Tx, recordIds: string[]): Promise<Standing<State>[]>;
  handleAll(tx: Tx, requests: Request<IdentifyPerson>[]): Promise<unknown>;
}

/** The kind of record of a service that is about a person. */
export class Claimed<State = unknown> {
  constructor(
    readonly kind: 'concern' | 'dols_request',
    readonly records: Stories<State>,
    /** Undefined where there is no such record. */
    readonly receivedAt: (state: State) => Instant | undefined,
    /** What a record has to be told besides, once it is known whom it is about; by record. */
    readonly besides: (tx: Tx, about: readonly { recordId: string; personId: string; authority: string }[]) => Promise<ReadonlyMap<string, Inherited>> = async () => new Map(),
  ) {}
}
