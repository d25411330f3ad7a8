import type { BackupReport } from './check-backup.ts';
import type { FrontendReport } from './check-frontend.ts';
import type { OverlayReport } from './check-overlay.ts';
import type { TrafficReport } from './check-traffic.ts';
import type { Finding } from './rules/rule.ts';

export type Parts = {
  rules: number;
  findings: readonly Finding[];
  overlays: readonly OverlayReport[];
  frontend: FrontendReport;
  backup: BackupReport;
  traffic: TrafficReport;
  contract: { passed: number; failed: number };
  seconds: number;
};

/** Everything that is wrong, one line each; empty means that all of it holds. */
export const problemsOf = ({ findings, overlays, frontend, backup, traffic, contract }: Parts): string[] => [
  ...findings.map(({ overlay, rule, what }) => `${overlay}: rule "${rule}": ${what}`),
  ...overlays.flatMap((report) => overlayProblems(report).map((problem) => `${report.overlay}: ${problem}`)),
  ...frontend.problems.map((problem) => `frontend: ${problem}`),
  ...backup.problems.map((problem) => `backup: ${problem}`),
  ...traffic.problems.map((problem) => `traffic: ${problem}`),
  ...(contract.failed > 0 ? [`the control plane's adapter on these manifests: ${contract.failed} tests failed`] : []),
];

const overlayProblems = (report: OverlayReport): string[] => [
  ...report.refusedByApiServer.map(({ object, message }) => `the API server refused ${object}: ${message}`),
  ...report.podsRefused.map((pod) => `no pod can be made of ${pod}`),
  ...report.violationsAdmitted.map((pod) => `a pod that must be refused was not, or for another reason: ${pod}`),
  ...report.unknownFieldsTaken.map((object) => `an unknown field in ${object} was not refused`),
  ...report.wrongSelections,
];

const sum = (reports: readonly OverlayReport[], count: (report: OverlayReport) => number): number =>
  reports.reduce((total, report) => total + count(report), 0);

/** The counts that a caller adds to its own. */
export const summaryOf = (parts: Parts) => ({
  overlays: parts.overlays.length,
  manifests: sum(parts.overlays, ({ manifests }) => manifests),
  refusedByApiServer: sum(parts.overlays, ({ refusedByApiServer }) => refusedByApiServer.length),
  podsAccepted: sum(parts.overlays, ({ podsAccepted }) => podsAccepted),
  violatingPodsRefused: sum(parts.overlays, ({ violationsRefused }) => violationsRefused),
  wrongSelections: sum(parts.overlays, ({ wrongSelections }) => wrongSelections.length),
  rules: parts.rules,
  brokenRules: parts.findings.length,
  frontendRequests: parts.frontend.requests,
  backupChecks: parts.backup.checks,
  trafficChecks: parts.traffic.checks,
  adapterTests: parts.contract.passed,
  problems: problemsOf(parts),
  seconds: parts.seconds,
});
