import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { answerSteps, everyStep } from './concern-form.ts';

/** The window in which the pages stand that are pictured. */
export const pictured = { width: 375, height: 940 };
const folder = join(import.meta.dirname, '../doc/pictures');

/** What the README shows of raising a concern: three pages of the form on a phone, side by side. The page stands at the first step. */
export async function pictureRaising(page: Page): Promise<void> {
  const picture = async (): Promise<string> => (await page.screenshot()).toString('base64');
  await answerSteps(page, everyStep.slice(0, 1));
  const pictures = [await picture()];
  await answerSteps(page, everyStep.slice(1, 3));
  pictures.push(await picture());
  await page.getByRole('button', { name: 'Save and come back later' }).click();
  await page.getByText('Write this down').waitFor();
  pictures.push(await picture());
  const together = await page.context().browser()!.newPage({ viewport: { width: 1200, height: 960 } });
  const shown = pictures.map((one) => `<img src="data:image/png;base64,${one}" style="border: 1px solid #b1b4b6; margin-right: 18px">`);
  await together.setContent(`<body style="margin: 9px; display: flex; background: #fff">${shown.join('')}</body>`, { waitUntil: 'load' });
  writeFileSync(join(folder, 'raising.png'), await together.screenshot());
  await together.close();
}
