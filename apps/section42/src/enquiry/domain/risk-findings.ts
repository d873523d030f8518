import type { LocationOfRisk, OverallRiskOutcome, RiskAssessmentOutcome, RiskOutcome, SourceOfRisk, TypeOfRisk } from './codes.js';
import { refuse } from './refuse.js';

/** What was found about one allegation: the national tables count type by source by place. */
export interface RiskFinding {
  typeOfRisk: TypeOfRisk;
  sourceOfRisk: SourceOfRisk;
  location: LocationOfRisk;
  riskAssessmentOutcome: RiskAssessmentOutcome;
  /** Only where a risk was identified (A1, A2). */
  riskOutcome: RiskOutcome | null;
}

const WORST_FIRST = ['remained', 'reduced', 'removed'] as const;

/** Refuses a conclusion that says nothing of the risk, or says it of a risk that was never identified. */
export function needsRisksFound(risks: readonly RiskFinding[]): void {
  if (risks.length === 0) refuse('enquiry/risk-finding-required', 'Say what was found about at least one risk, even if it was none.');
  for (const { riskAssessmentOutcome, riskOutcome } of risks) {
    const isIdentified = riskAssessmentOutcome === 'A1' || riskAssessmentOutcome === 'A2';
    if (isIdentified && riskOutcome === null)
      refuse('enquiry/risk-outcome-required', 'A risk was identified: say whether it was removed, was reduced or remained.');
    if (!isIdentified && riskOutcome !== null)
      refuse('enquiry/risk-outcome-unexpected', 'No risk was identified there, so it cannot have been removed, reduced or left. Take that answer out.');
  }
}

/** What became of the risk over all findings: the worst of them; null where it could not be told. */
export function overallRiskOutcome(risks: readonly RiskFinding[]): OverallRiskOutcome | null {
  const worst = WORST_FIRST.find((outcome) => risks.some(({ riskOutcome }) => riskOutcome === outcome));
  if (worst) return worst;
  const noneIdentified = risks.every(({ riskAssessmentOutcome }) => riskAssessmentOutcome === 'A5' || riskAssessmentOutcome === 'A6');
  return noneIdentified && risks.length > 0 ? 'no_risk_identified' : null;
}
