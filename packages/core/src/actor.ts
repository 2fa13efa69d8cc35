/** Who did it: for the audit log and for created_by columns. */
export interface Actor {
  type: 'user' | 'api_key' | 'automation' | 'provider' | 'contact';
  id?: string;
  name?: string;
  requestId?: string;
}

/** A person, by the address that others know them by. */
export const userActor = (id: string, email: string, requestId?: string): Actor => ({
  type: 'user',
  id,
  name: email,
  ...(requestId && { requestId }),
});

export const automation = (name: string): Actor => ({ type: 'automation', id: name, name });

/** One line of the audit log. `changes` holds what was asked for or what became different; never a secret. */
export interface AuditEntry {
  actor: Actor;
  action: string;
  target?: { type: string; id: string };
  changes?: Record<string, unknown>;
}
