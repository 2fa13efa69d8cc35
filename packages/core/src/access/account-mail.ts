/** A mail about somebody's account or membership. `link` holds a secret: it goes to the address and nowhere else. */
export type AccountMessage =
  | { kind: 'password_reset'; to: string; name: string; link: string }
  | { kind: 'email_verification'; to: string; name: string; link: string }
  | { kind: 'already_registered'; to: string; name: string }
  | { kind: 'invitation'; to: string; organization: string; inviter: string; role: string; link: string };

/** Sends mails about accounts. They belong to no organization, so they do not go through its connections. */
export interface AccountMail {
  send(message: AccountMessage): Promise<void>;
}
