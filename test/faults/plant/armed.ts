/**
 * Preloaded into the services of the fault suite, and into nothing else: lets a test end the process at a point where it
 * would hardly be met by chance, move the injected clock, slow a consumer, and tell as a newer or an older release would. The product knows nothing of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '#libs/calendar';
import { type DomainEvent, Intake, Records, Relay } from '#libs/journal';
import { JetStreamCarrier } from '#libs/messaging';
import { Database, SystemClock } from '#libs/platform';
import { asOlder } from './older.ts';
import type { Order, Point } from './orders.ts';

let armed: { at: Point; passings: number } | undefined;
let clockMs = 0;
let slowMs = 0;
let isNewer = false;
let isOlder = false;
let isRefusing = false;
/** The first message that came when everything that holds it was to be refused. */
let refused: string | undefined;

function pass(point: Point): void {
  if (armed?.at !== point) return;
  armed.passings -= 1;
  if (armed.passings <= 0) process.kill(process.pid, 'SIGKILL');
}

type Method = (...given: any[]) => any;

/** As the class types it; what is private has no type. */
type MethodOf<Class, Name> = Name extends keyof Class ? Extract<Class[Name], Method> : Method;

function around<Class extends object, Name extends string>(type: { prototype: Class }, name: Name, make: (inner: MethodOf<Class, Name>) => (this: any, ...given: Parameters<MethodOf<Class, Name>>) => unknown): void {
  const prototype = type.prototype as Record<string, any>;
  const inner = prototype[name];
  if (!inner) throw new Error(`nothing is called ${name} any more: the fault suite has to learn where it went`);
  prototype[name] = make(inner);
}

around(JetStreamCarrier, 'publish', (publish) => async function (message) {
  pass('publish');
  if (!isNewer) return publish.call(this, message);
  const told = { ...message, addedLater: 'a field of a later release', data: { ...(message as { data?: object }).data, addedLater: { of: 'a later release' } } };
  const acknowledged = await publish.call(this, told);
  // The next version of the same event, as a publisher sends both until the last consumer has moved.
  await publish.call(this, { ...told, type: message.type.replace(/v1$/, 'v2'), id: message.id.replace(/v1$/, 'v2') });
  return acknowledged;
});
// What an older release decided, so that neither its journal nor what it published says more than it knew.
around(Records, 'decide', (decide) => function (...given) {
  if (!isOlder) return decide.apply(this, given);
  const { decider } = this.slice;
  const older = { ...decider, decide: (command: unknown, state: unknown) => decider.decide(command, state).map((event: DomainEvent) => asOlder(event)) };
  const slice = Object.create(this.slice, { decider: { value: older } });
  return decide.apply(Object.create(this, { slice: { value: slice } }), given);
});
around(Relay, 'forget', (forget) => function (client, carried) {
  if (carried.length > 0) pass('delete');
  return forget.call(this, client, carried);
});
around(Intake, 'take', (take) => async function (messages, handle) {
  if (slowMs > 0) await pause(slowMs);
  if (isRefusing && messages.some(({ id }) => id === (refused ??= id))) throw new Error('refused by a test');
  await take.call(this, messages, handle);
  pass('acknowledge');
});
around(Database, 'transaction', (transaction) => async function (...given) {
  const result = await transaction.apply(this, given);
  pass('answer');
  return result;
});
around(SystemClock, 'now', () => () => instant(Date.now() + clockMs));

process.on('message', (order: Order) => {
  if ('arm' in order) armed = { at: order.arm, passings: order.passings };
  if ('disarm' in order) armed = undefined;
  if ('clockMs' in order) ({ clockMs } = order);
  if ('slowMs' in order) ({ slowMs } = order);
  if ('isNewer' in order) ({ isNewer } = order);
  if ('isOlder' in order) ({ isOlder } = order);
  if ('isRefusing' in order) ({ isRefusing } = order);
});
// Otherwise listening alone would keep the process from ending.
process.channel?.unref();
