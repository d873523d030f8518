import { createServer } from 'node:net';
import { StartError } from './supervisor.ts';

export const loopback = '127.0.0.1';

/** True when nothing listens on this port of the loopback address. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: loopback, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * That many free ports, chosen below the range from which the system takes the ports of outgoing connections: a service
 * that starts again must find its port unused.
 */
export async function freePorts(count: number, from = 20_000 + Math.floor(Math.random() * 11_000)): Promise<number[]> {
  const found: number[] = [];
  for (let port = from; found.length < count && port < from + 1500; port += 1) if (await isFree(port)) found.push(port);
  if (found.length < count) throw new StartError(`No ${count} free ports on ${loopback} from ${from} on.`);
  return found;
}

/** The ports of the sites: the asked-for one and the next, or else the first two free ones from 3000 on. */
export async function sitePorts(asked: string | undefined): Promise<[number, number]> {
  if (asked === undefined || asked === '') {
    const [first = 0, second = 0] = await freePorts(2, 3000);
    return [first, second];
  }
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) throw new StartError(`PORT is "${asked}", which is not a port number.`);
  for (const one of [port, port + 1]) {
    if (!(await isFree(one))) throw new StartError(`Port ${one} is taken. PORT names the first of two ports for the sites; choose another, or leave it out to have free ones found.`);
  }
  return [port, port + 1];
}
