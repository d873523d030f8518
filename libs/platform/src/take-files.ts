import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** One file at a time, after whatever else a form says. How long it may be is judged by whoever reads it, as it comes. */
const limits = { files: 1, fields: 20, parts: 21, fieldNameSize: 100, fieldSize: 2_000, headerPairs: 20, fileSize: Number.POSITIVE_INFINITY };

/** Lets routes take a file as it is sent (`request.file()`), none of it whole in memory. */
export async function takeFiles(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart, { limits });
}
