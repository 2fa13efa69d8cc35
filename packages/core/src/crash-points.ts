/**
 * Where a process can die between a commit and what follows it, or between an answer from outside and its commit. The
 * crash suite (chaos/) kills a process at each of them; production has only their names (crash-point.ts).
 */
export const crashPoints = [
  // Input is stored, its caller not answered.
  'event-recorded',
  'booking-recorded',
  'outreach-recorded',
  'message-scheduled',
  'answer-kept',
  'call-answered',
  'import-stored',
  'campaign-started',
  // Deciding.
  'events-claimed',
  'suspect-claimed',
  'events-decided',
  'decisions-committed',
  'schedule-ticked',
  'runs-claimed',
  'runs-moved',
  'moves-committed',
  'steps-released',
  // Delivering.
  'release-decided',
  'intent-committed',
  'provider-answered',
  'outcome-committed',
  'lost-send-found',
  'lost-send-recorded',
  // Telling.
  'delivery-claimed',
  'receiver-answered',
  'delivery-committed',
  'call-claimed',
  'workflow-took-call',
  'call-committed',
  // Jobs and reports.
  'import-begun',
  'import-batch-committed',
  'import-ended',
  'campaign-chunk-noted',
  'campaign-chunk-planned',
  'report-received',
  'report-committed',
  'sandbox-report-applied',
] as const;

export type CrashPoint = (typeof crashPoints)[number];
