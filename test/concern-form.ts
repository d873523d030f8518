import type { Page } from 'playwright-core';

type Step = (page: Page) => Promise<void>;

/** What somebody invented answers, step by step, on the partner site. */
export const everyStep: Step[] = [
  async (page) => {
    await page.getByLabel('First name').fill('Inventa');
    await page.getByLabel('West Northamptonshire').check();
  },
  (page) => page.getByLabel('What are you worried about?').fill('She is not eating, and nobody comes. (Invented.)'),
  (page) => page.getByLabel('Neglect, or care not given').check(),
  async (page) => {
    await page.getByRole('group', { name: 'Are they in danger now?' }).getByLabel('No', { exact: true }).check();
    await page.getByLabel('What has been done to keep them safe?').fill('A neighbour brings soup.');
  },
  (page) => page.getByLabel('No, nobody has told them').check(),
  (page) => page.getByLabel('Other adults').check(),
  async (page) => {
    // Whoever is signed in for an organisation is not asked who they are, and can change it.
    const known = page.getByText('Change your name or organisation');
    if ((await known.count()) > 0) await known.click();
    await page.getByLabel('Your name').fill('A Neighbour');
  },
];

/** Answers these steps one after another; each leads to the next. */
export async function answerSteps(page: Page, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await step(page);
    await page.getByRole('button', { name: 'Continue' }).click();
  }
}
