/** How much may still be looked at; counted down. Whoever may write a flow has it checked in the process that serves all. */
export interface Effort {
  steps: number;
}

/** For one check; a step is about a comparison. */
export const enough = (): Effort => ({ steps: 1_000_000 });
