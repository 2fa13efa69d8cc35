import type { SendOutcome } from '@halyard/core/delivery/provider';
import { enhancedCodeIn, refusedBy } from './enhanced-status.js';
import type { Phase } from './tracked-bytes.js';

/** What nodemailer puts on its errors. */
export interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

const busyMs = 60_000;
/** Greylisting wants a pause of minutes (RFC 6647). */
const greylistMs = 300_000;

/**
 * What became of a message by the error and by how far its bytes got. A reply with a code is a definite answer; without
 * one, everything is safe to repeat until the last byte was handed over, and nobody knows from then on (RFC 1047).
 */
export function smtpOutcome(error: SmtpError, phase: Phase): SendOutcome {
  const detail = error.response ?? error.message;
  const { responseCode = 0 } = error;
  if (error.code === 'EAUTH') return authOutcome(responseCode, detail);
  const inTransaction = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  // Before MAIL FROM a 5xx is about the server or the way to it (STARTTLS not offered), not about this message.
  if (responseCode >= 500 && (inTransaction || phase === 'complete'))
    return refusal(error, responseCode, detail);
  if (responseCode >= 400 && responseCode < 500) {
    const waits = responseCode !== 421 && error.command === 'RCPT TO';
    return { kind: 'throttled', retryAfterMs: waits ? greylistMs : busyMs, detail };
  }
  const code = (error.code ?? error.name).toLowerCase();
  // Our own message cannot be sent at all: a broken address, larger than the server takes.
  if (inTransaction && !error.response) return { kind: 'rejected', code, detail };
  return phase === 'complete'
    ? { kind: 'unknown', code, detail }
    : { kind: 'failed_before_send', code, detail };
}

function authOutcome(responseCode: number, detail: string): SendOutcome {
  if (responseCode >= 400 && responseCode < 500) return { kind: 'throttled', retryAfterMs: busyMs, detail };
  return { kind: 'rejected', code: 'auth', detail, pauseConnection: true };
}

function refusal(error: SmtpError, responseCode: number, detail: string): SendOutcome {
  const code = enhancedCodeIn(detail);
  const refused = refusedBy(code, detail);
  const aboutRecipient = error.command === 'RCPT TO' || error.command === 'DATA';
  const invalid = aboutRecipient && refused === 'address';
  const pause =
    refused === 'sender' || error.command === 'MAIL FROM' || responseCode === 530 || responseCode === 535;
  return {
    kind: 'rejected',
    code: code ?? String(responseCode),
    detail,
    ...(invalid ? { invalidAddress: true } : {}),
    ...(pause && !invalid ? { pauseConnection: true } : {}),
  };
}
