const sentences: Record<string, string> = {
  EBLOCKED: 'The address is not one of the public internet.',
  ECONNREFUSED: 'Nobody listens there.',
  ENOTFOUND: 'The name cannot be resolved.',
  EAI_AGAIN: 'The name cannot be resolved right now.',
  UND_ERR_CONNECT_TIMEOUT: 'It could not be connected to in time.',
  UND_ERR_HEADERS_TIMEOUT: 'It did not answer in time.',
  UND_ERR_BODY_TIMEOUT: 'It did not answer in time.',
  UND_ERR_SOCKET: 'It closed the connection without an answer.',
};

/** Why a call of an address that a user gave failed, for the people whose address it is. */
export function sentenceOf(error: unknown): string {
  const { code, name, message } = error as Error & { code?: unknown };
  if (name === 'TimeoutError') return 'It did not answer in time.';
  return (typeof code === 'string' && sentences[code]) || message || String(error);
}
