import type { AccountMessage } from '@halyard/core/access/account-mail';

/** What an account mail says. Plain text: there is nothing to dress up, and nothing that could be injected. */
export function accountMailText(message: AccountMessage): { subject: string; text: string } {
  switch (message.kind) {
    case 'password_reset':
      return {
        subject: 'Set a new password',
        text: `Hello ${message.name},\n\nset a new password here within 30 minutes:\n${message.link}\n\nIf you did not ask for this, do nothing: your password stays as it is.\n`,
      };
    case 'email_verification':
      return {
        subject: 'Confirm your address',
        text: `Hello ${message.name},\n\nconfirm that this address is yours within a day:\n${message.link}\n`,
      };
    case 'already_registered':
      return {
        subject: 'You have an account already',
        text: `Hello ${message.name},\n\nsomebody tried to register with this address, which has an account already. If it was you: log in, or ask for a new password. Nothing was changed.\n`,
      };
    case 'invitation':
      return {
        subject: `Invitation to ${message.organization}`,
        text: `Hello,\n\n${message.inviter} invites you to ${message.organization} as ${message.role}. Accept within seven days:\n${message.link}\n`,
      };
  }
}
