/**
 * A mail about somebody's account or membership. `link` holds a secret: it goes to the address and nowhere else. None
 * carries the name of the account: whoever registers somebody else's address chooses it, and would write to them by it.
 */
export type AccountMessage = {
  to: string;
  /** Of whom it goes to, or of the organization that invites them; null when nobody knows. */
  locale: string | null;
} & (
  | { kind: 'password_reset' | 'email_verification'; link: string }
  | { kind: 'already_registered' }
  | { kind: 'invitation'; organization: string; inviter: string; role: string; link: string }
);

/** Sends mails about accounts. They belong to no organization, so they do not go through its connections. */
export interface AccountMail {
  /** False: there is no mail server, and nobody is written to. */
  readonly delivers: boolean;
  send(message: AccountMessage): Promise<void>;
}
