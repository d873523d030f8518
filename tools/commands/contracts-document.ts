import { z } from 'zod';
import { contracts } from '#libs/contracts';
import { durableName, reads, type Stream, streams } from '#libs/messaging';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const schemaOf = (contract: (typeof contracts)[number]): object => z.toJSONSchema(contract, { io: 'input' });

/** The files of `libs/contracts/generated`, by name: a JSON Schema of every contract and one AsyncAPI 3 document. */
export function generated(): Record<string, string> {
  const schemas = contracts.map((contract) => [`${contract.shape.type.value}.schema.json`, json(schemaOf(contract))]);
  return { ...Object.fromEntries(schemas), 'asyncapi.json': json(asyncApi()) };
}

function asyncApi(): object {
  const types = contracts.map((contract) => contract.shape.type.value);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Caseward events', version: '1', description: 'What the services tell each other, over NATS JetStream.' },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(types.map((type) => [type, { address: type, messages: { event: { $ref: `#/components/messages/${type}` } } }])),
    operations: Object.fromEntries([...types.map(sends), ...types.flatMap(receives)]),
    components: {
      messages: Object.fromEntries(types.map((type) => [type, { name: type, payload: { $ref: `./${type}.schema.json` } }])),
    },
  };
}

const streamOf = (type: string): Stream => (Object.keys(streams) as Stream[]).find((stream) => streams[stream].some((subject) => type.startsWith(subject.replace('>', ''))))!;

const sends = (type: string): [string, object] => [
  `${streamOf(type)} sends ${type}`,
  { action: 'send', channel: { $ref: `#/channels/${type}` }, tags: [{ name: streamOf(type) }] },
];

function receives(type: string): [string, object][] {
  const stream = streamOf(type);
  return Object.entries(reads)
    .filter(([, read]) => read.includes(stream))
    .map(([service]) => [
      `${service} receives ${type}`,
      { action: 'receive', channel: { $ref: `#/channels/${type}` }, tags: [{ name: durableName(service, stream) }] },
    ]);
}
