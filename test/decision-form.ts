import type { Page } from 'playwright-core';

/** Answers all that a decision asks, all three questions with yes. */
export async function answerAll(page: Page): Promise<void> {
  await page.getByLabel('Nothing had to be done').check();
  for (const [letter, why] of [['a', 'Needs help to wash.'], ['b', 'Bruises.'], ['c', 'Cannot leave her room.']] as const) {
    await page.getByRole('group', { name: `(${letter})` }).getByLabel('Yes').check();
    await page.getByLabel(`How you judged (${letter})`).fill(why);
  }
  await page.getByLabel('Asked, and said what they want').check();
  await page.getByLabel('What they want, in their words').fill('To stay at home.');
  await page.getByRole('group', { name: 'Can they decide about this themselves?' }).getByLabel('They can decide about this themselves').check();
  await page.getByLabel('They agree', { exact: true }).check();
  await page.getByLabel('They need nobody').check();
  await page.getByLabel('Section 42 enquiry').check();
  await page.getByRole('group', { name: /Safeguarding Adult Review/ }).getByLabel('No').check();
  await page.getByLabel('Reason', { exact: true }).fill('All three are met.');
}

/** Each outcome but a section 42 enquiry: which of the three questions is answered no, and what else it asks for. */
export const otherOutcomes: [outcome: string, code: string, no: 'b' | 'c', more: (page: Page) => Promise<unknown>][] = [
  ['Other enquiry', 'other_enquiry', 'c', (page) => page.getByLabel('If you choose another kind of enquiry').fill('She asked for one.')],
  ['Adult risk management', 'adult_risk_management', 'c', async () => {}],
  ['Care Act assessment', 'care_act_assessment', 'b', (page) => page.getByLabel('If it is not a safeguarding matter: why').selectOption('care_needs_only')],
  ['Quality team', 'quality_team', 'b', (page) => page.getByLabel('If it is not a safeguarding matter: why').selectOption('quality_of_care')],
  ['Another authority', 'other_authority', 'b', async (page) => {
    await page.getByLabel('If it is not a safeguarding matter: why').selectOption('other_authority');
    await page.getByLabel('If it goes to another authority: which council').selectOption('E06000061');
  }],
  ['No further action', 'no_further_action', 'b', (page) => page.getByLabel('If it is not a safeguarding matter: why').selectOption('no_abuse_or_neglect_identified')],
];
