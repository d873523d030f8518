import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { freePorts } from '../servers/ports.ts';
import { onFreePort } from './site-port.ts';

describe('the port of a site', () => {
  const servers: Server[] = [];
  const listen = async (port: number): Promise<void> => {
    const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
    servers.push(server);
    await once(server, 'listening');
  };
  afterEach(() => servers.splice(0).forEach((server) => server.close()));
  const chosen = async () => (await freePorts(1))[0]!;

  it('is the chosen one where nobody was faster', async () => {
    const port = await chosen();
    expect(await onFreePort({ port, orFrom: port + 1 }, listen)).toBe(port);
  });

  it('is another where somebody took it in between', async () => {
    const port = await chosen();
    await listen(port);
    expect(await onFreePort({ port, orFrom: port + 2 }, listen)).toBeGreaterThanOrEqual(port + 2);
  });

  it('is not shared by two systems that found the same one free', async () => {
    const port = await chosen();
    const [one, other] = await Promise.all([1, 2].map(() => onFreePort({ port, orFrom: port + 1 }, listen)));
    expect(one).not.toBe(other);
    expect([one, other]).toContain(port);
  });

  it('is not replaced where it was asked for', async () => {
    const port = await chosen();
    await listen(port);
    await expect(onFreePort({ port, orFrom: undefined }, listen)).rejects.toThrow('EADDRINUSE');
  });

  it('is not replaced where the start failed for another reason', async () => {
    const port = await chosen();
    const fail = () => Promise.reject(new Error('no database'));
    await expect(onFreePort({ port, orFrom: port + 1 }, fail)).rejects.toThrow('no database');
  });
});
