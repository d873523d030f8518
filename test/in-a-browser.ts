import type { Browser, BrowserContextOptions } from 'playwright-core';
import { describeIn, findBrowser, visitor } from './browser.ts';
import { TestSystem } from './system.ts';

/**
 * A whole Caseward and a browser for the journeys of one file: there before the first of them, gone after the last. Where no
 * browser runs neither is started, and what stands in `inBrowser` is skipped. `prepare` lays what they find there.
 */
export async function inABrowser(env: NodeJS.ProcessEnv = {}, prepare?: (system: TestSystem) => Promise<void>) {
  const launch = await findBrowser();
  const system = new TestSystem(env);
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!launch) return;
    await system.start();
    await prepare?.(system);
    browser = await launch();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await system.remove();
  }, 60_000);
  return { system, inBrowser: describeIn(launch), visitor: (options: BrowserContextOptions = {}) => visitor(browser!, options) };
}
