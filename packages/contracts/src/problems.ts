/**
 * Every error code that the API can answer with (RFC 9457 problem details, member `code`), its HTTP status and its
 * title. Codes are stable: clients may switch on them.
 */
export const problems = {
  invalid_request: { status: 422, title: 'The request does not have the expected shape' },
  malformed_body: { status: 400, title: 'The body could not be read' },
  unauthenticated: { status: 401, title: 'Sign in or send an API key' },
  invalid_credentials: { status: 401, title: 'E-mail or password is not right' },
  two_factor_required: { status: 401, title: 'A second factor is needed' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This address is not called in this way' },
  conflict: { status: 409, title: 'Conflicts with what is there' },
  idempotency_conflict: { status: 409, title: 'This key was used with another body' },
  idempotency_in_progress: { status: 409, title: 'The first request with this key is still running' },
  invalid_state: { status: 409, title: 'Not possible in this state' },
  invalid_signature: { status: 401, title: 'The signature does not match' },
  payload_too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted here' },
  invalid_definition: { status: 422, title: 'The flow definition has errors' },
  invalid_template: { status: 422, title: 'The template has errors' },
  connection_failed: { status: 422, title: 'The connection could not be used' },
  unsafe_url: { status: 422, title: 'This address may not be called' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available right now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
