/** One thing that was looked at. `advice` says what to do; warnings do not fail the command. */
export interface Finding {
  state: 'ok' | 'warning' | 'wrong';
  what: string;
  advice?: string;
}

export const ok = (what: string): Finding => ({ state: 'ok', what });
export const warning = (what: string, advice: string): Finding => ({ state: 'warning', what, advice });
export const wrong = (what: string, advice: string): Finding => ({ state: 'wrong', what, advice });
