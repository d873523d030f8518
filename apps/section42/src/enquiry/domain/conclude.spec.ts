import { specify } from '#libs/decider';

import { aConclusion, anAllocation, anEnquiry, aRisk, concluded, MONDAY, THURSDAY, WEDNESDAY, words } from './an-enquiry.js';
import { RISK_ASSESSMENT_OUTCOMES, type RiskAssessmentOutcome, type RiskOutcome } from './codes.js';
import { enquiry, type EnquiryEvent } from './enquiry.js';
import { overallRiskOutcome } from './risk-findings.js';

const { given } = specify(enquiry);
const risk = (riskAssessmentOutcome: RiskAssessmentOutcome, riskOutcome: RiskOutcome | null) => aRisk({ riskAssessmentOutcome, riskOutcome });
const atWork = given(anEnquiry(), anAllocation());

describe('concluding an enquiry', () => {
  it('records what was found and what follows', () => atWork.when(aConclusion()).then(concluded()));
  it('needs somebody to have had it', () => given(anEnquiry()).when(aConclusion()).thenRefused('enquiry/not-allocated'));
  it('needs a named person', () => atWork.when(aConclusion({ decidedBy: '' })).thenRefused('enquiry/decider-required'));
  it('is done once', () => given(anEnquiry(), anAllocation(), concluded()).when(aConclusion()).thenRefused('enquiry/already-concluded'));
  it('cannot be dated before anybody had it', () => atWork.when(aConclusion({ at: MONDAY })).thenRefused('enquiry/concluded-before-allocated'));
  it('says what is to be done and by whom, or why nothing', () => {
    atWork.when(aConclusion({ action: { isNeeded: true, words: null } })).thenRefused('enquiry/action-words-required');
    atWork.when(aConclusion({ action: { isNeeded: false, words: null } })).thenRefused('enquiry/action-words-required');
  });
});

describe("the person's voice at the end", () => {
  it('says how far what they wanted was achieved', () =>
    atWork.when(aConclusion({ outcomesAchieved: null })).thenRefused('enquiry/outcomes-achieved-required'));
  it('says it only where they wanted something', () =>
    atWork.when(aConclusion({ outcomesAsked: 'asked_not_expressed' })).thenRefused('enquiry/outcomes-achieved-unexpected'));
  it('is not left out', () =>
    atWork.when(aConclusion({ outcomesAsked: 'not_recorded', outcomesAchieved: null })).thenRefused('enquiry/outcomes-asked-required'));
  it('is explained where nobody asked', () => {
    const silent = { outcomesAsked: 'not_asked', outcomesAchieved: null } as const;
    atWork.when(aConclusion(silent)).thenRefused('enquiry/why-not-asked-required');
    atWork.when(aConclusion({ ...silent, whyNotAsked: words('why') })).then(concluded({ ...silent, whyNotAsked: words('why') }));
    const plan: EnquiryEvent = { type: 'EnquiryPlanned', at: MONDAY, by: 'worker-1', outcomesAsked: 'not_asked', words: words('why') };
    given(anEnquiry(), anAllocation(), plan).when(aConclusion(silent)).then(concluded(silent));
  });
});

describe('capacity and support', () => {
  it('is recorded', () => atWork.when(aConclusion({ mentalCapacity: 'not_recorded' })).thenRefused('enquiry/mental-capacity-required'));
  it('says who supported somebody who lacked it', () =>
    atWork.when(aConclusion({ mentalCapacity: 'lacks_capacity' })).thenRefused('enquiry/advocate-required'));
});

describe('what was found about the risk', () => {
  it('is something, for each allegation', () => atWork.when(aConclusion({ risks: [] })).thenRefused('enquiry/risk-finding-required'));
  it.each(RISK_ASSESSMENT_OUTCOMES.slice(0, 2))('%s, a risk, says what became of it', (riskAssessmentOutcome) =>
    atWork.when(aConclusion({ risks: [aRisk({ riskAssessmentOutcome, riskOutcome: null })] })).thenRefused('enquiry/risk-outcome-required'),
  );
  it.each(RISK_ASSESSMENT_OUTCOMES.slice(2))('%s, no risk established, says nothing of the kind', (riskAssessmentOutcome) =>
    atWork.when(aConclusion({ risks: [aRisk({ riskAssessmentOutcome })] })).thenRefused('enquiry/risk-outcome-unexpected'),
  );
  it('comes, over the whole enquiry, to the worst of it', () => {
    expect(overallRiskOutcome([risk('A1', 'removed'), risk('A1', 'remained'), risk('A1', 'reduced')])).toBe('remained');
    expect(overallRiskOutcome([risk('A1', 'removed'), risk('A5', null)])).toBe('removed');
    expect(overallRiskOutcome([risk('A5', null), risk('A6', null)])).toBe('no_risk_identified');
    expect(overallRiskOutcome([risk('A5', null), risk('A3', null)])).toBeNull();
  });
});

describe('an enquiry that another agency made', () => {
  const caused: EnquiryEvent = {
    type: 'EnquiryCaused',
    at: WEDNESDAY,
    by: 'worker-1',
    agency: 'care_provider',
    scope: words('scope'),
    purpose: words('purpose'),
    dueOn: '2026-07-01',
  };
  const elsewhere = given(anEnquiry(), anAllocation(), caused);

  it('is checked by the council before it ends', () => {
    elsewhere.when(aConclusion()).thenRefused('enquiry/quality-check-required');
    elsewhere.when(aConclusion({ qualityCheckedBy: 'manager-2' })).then(concluded({ qualityCheckedBy: 'manager-2' }));
  });
});

describe('reopening an enquiry', () => {
  const reopen = { type: 'ReopenEnquiry', at: THURSDAY, by: 'manager-1', reason: words('more came in') } as const;
  const done = [anEnquiry(), anAllocation(), concluded()];

  it('gives it back to the worker who had it, and keeps the story', () => {
    given(...done).when(reopen).then({ ...reopen, type: 'EnquiryReopened' });
    const state = [...done, { ...reopen, type: 'EnquiryReopened' } as const].reduce(enquiry.evolve, enquiry.initialState);
    expect(state).toMatchObject({ status: 'allocated', allocation: { worker: 'worker-1' }, story: { earlierConclusions: [concluded()] } });
  });
  it('needs a reason and a conclusion', () => {
    given(...done).when({ ...reopen, reason: null }).thenRefused('enquiry/reason-required');
    atWork.when(reopen).thenRefused('enquiry/not-concluded');
  });
});
