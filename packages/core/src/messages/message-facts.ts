/** What every event about a message names; what does not apply is left out. */
export function messageFacts(of: {
  messageId: string;
  channel: string | null | undefined;
  flowId: string | null;
  runId: string | null;
  stepId: string | null;
}): Record<string, unknown> {
  return {
    message_id: of.messageId,
    ...(of.channel && { channel: of.channel }),
    ...(of.flowId && { flow_id: of.flowId }),
    ...(of.runId && { run_id: of.runId }),
    ...(of.stepId && { step_id: of.stepId }),
  };
}
