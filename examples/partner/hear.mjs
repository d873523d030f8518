// A partner's program that is told how its concerns go on. In the folder of Caseward: node examples/partner/hear.mjs SECRET
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.argv[2] ?? '');
const heardBefore = new Set(); // kept for good in a real program: what was told may come twice

createServer(async (request, response) => {
  try {
    // The bytes as they came, before anything reads them: they are what is signed, with the id and the time.
    const { type, timestamp, data } = webhook.verify(await text(request), request.headers);
    response.writeHead(204).end();
    const id = request.headers['webhook-id'];
    if (heardBefore.has(id)) return;
    heardBefore.add(id);
    console.log(type, data.reference, timestamp);
  } catch {
    response.writeHead(401).end();
  }
}).listen(Number(process.env.PORT ?? 4400), '127.0.0.1');
