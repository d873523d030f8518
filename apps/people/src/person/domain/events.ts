import type { Instant } from '#libs/calendar';
import type { Disposing, KeepingEvent } from '#libs/retention';
import type { Act, Characteristics, Claim, IdentityField, LetGo, Reasoned } from './parts.js';
import type { RetentionBasis } from './retention-rules.js';

export type PersonRegistered = { type: 'PersonRegistered' } & Act & Characteristics;
export type PersonImported = { type: 'PersonImported'; at: Instant; legacy: true } & Characteristics;
/** A record's claim is kept on this person, so the record now knows who it is about; told again when an age was judged again. */
export type PersonIdentified = { type: 'PersonIdentified'; at: Instant } & Claim;
export type BecameKnownTo = { type: 'BecameKnownTo'; at: Instant; authority: string };
export type CharacteristicsCorrected = { type: 'CharacteristicsCorrected'; changes: Partial<Characteristics> } & Reasoned;
export type IdentityCorrected = { type: 'IdentityCorrected'; fields: IdentityField[] } & Reasoned;
export type PersonJoined = { type: 'PersonJoined'; into: string } & Reasoned;
export type PersonsSeparated = { type: 'PersonsSeparated'; from: string } & Reasoned;
export type KeptApart = { type: 'KeptApart'; other: string } & Reasoned;
export type KeepingApartUndone = { type: 'KeepingApartUndone'; other: string } & Reasoned;
/** A record that named this person was disposed of, and with it what it said of them. */
export type RecordLetGo = { type: 'RecordLetGo'; at: Instant } & LetGo;
/** No record names this person, and nobody ever told that one was disposed of that did. From then on it counts how long they are kept. */
export type FoundUnneeded = { type: 'FoundUnneeded'; at: Instant };
/** What one authority says about keeping this person: another cannot take it back. */
export type PersonKeeping = KeepingEvent<RetentionBasis> & { authority: string };
export type PersonDisposed = Disposing<'PersonDisposed', RetentionBasis>;
export type EnteredInErrorProposed = { type: 'EnteredInErrorProposed' } & Reasoned;
export type EnteredInErrorDeclined = { type: 'EnteredInErrorDeclined' } & Act;
export type EnteredInErrorConfirmed = { type: 'EnteredInErrorConfirmed'; proposedBy: string } & Reasoned;

export type PersonEvent =
  | PersonRegistered
  | PersonImported
  | PersonIdentified
  | BecameKnownTo
  | CharacteristicsCorrected
  | IdentityCorrected
  | PersonJoined
  | PersonsSeparated
  | KeptApart
  | KeepingApartUndone
  | RecordLetGo
  | FoundUnneeded
  | PersonKeeping
  | PersonDisposed
  | EnteredInErrorProposed
  | EnteredInErrorDeclined
  | EnteredInErrorConfirmed;
