import type { AccountMessage } from '@halyard/core/access/account-mail';
import { languageOf } from '../tracking/page-words.js';

interface MailText {
  subject: string;
  text: string;
}

type Write = (message: AccountMessage) => MailText;

const english: Write = (message) => {
  switch (message.kind) {
    case 'password_reset':
      return {
        subject: 'Set a new password',
        text: `Hello,\n\nset a new password here within 30 minutes:\n${message.link}\n\nIf you did not ask for this, do nothing: your password stays as it is.\n`,
      };
    case 'email_verification':
      return {
        subject: 'Confirm your address',
        text: `Hello,\n\nthis address was registered with Halyard. Confirm within a day that it is yours:\n${message.link}\n\nIf you did not register, do nothing.\n`,
      };
    case 'already_registered':
      return {
        subject: 'You have an account already',
        text: 'Hello,\n\nsomebody tried to register with this address, which has an account already. If it was you: log in, or ask for a new password. Nothing was changed.\n',
      };
    case 'invitation':
      return {
        subject: `Invitation to ${oneLine(message.organization)}`,
        text: `Hello,\n\n${oneLine(message.inviter)} invites you to ${oneLine(message.organization)} as ${message.role}. Accept within seven days:\n${message.link}\n`,
      };
  }
};

const roleNames: Record<string, string> = {
  owner: 'Inhaber',
  admin: 'Administrator',
  editor: 'Bearbeiter',
  viewer: 'Betrachter',
};

const german: Write = (message) => {
  switch (message.kind) {
    case 'password_reset':
      return {
        subject: 'Neues Passwort festlegen',
        text: `Guten Tag,\n\nhier können Sie innerhalb von 30 Minuten ein neues Passwort festlegen:\n${message.link}\n\nWenn Sie das nicht angefordert haben, tun Sie nichts: Ihr Passwort bleibt, wie es ist.\n`,
      };
    case 'email_verification':
      return {
        subject: 'Bestätigen Sie Ihre Adresse',
        text: `Guten Tag,\n\ndiese Adresse wurde bei Halyard registriert. Bestätigen Sie innerhalb eines Tages, dass es Ihre ist:\n${message.link}\n\nWenn Sie sich nicht registriert haben, tun Sie nichts.\n`,
      };
    case 'already_registered':
      return {
        subject: 'Sie haben schon ein Konto',
        text: 'Guten Tag,\n\njemand wollte sich mit dieser Adresse registrieren, für die es schon ein Konto gibt. Wenn Sie es waren: Melden Sie sich an, oder fordern Sie ein neues Passwort an. Es wurde nichts geändert.\n',
      };
    case 'invitation':
      return {
        subject: `Einladung zu ${oneLine(message.organization)}`,
        text: `Guten Tag,\n\n${oneLine(message.inviter)} lädt Sie zu ${oneLine(message.organization)} ein, als ${roleNames[message.role] ?? message.role}. Nehmen Sie innerhalb von sieben Tagen an:\n${message.link}\n`,
      };
  }
};

/** What an account mail says, in the language of its locale. Plain text: there is nothing to dress up. */
export const accountMailText: Write = (message) =>
  (languageOf([message.locale]).lang === 'de' ? german : english)(message);

/** A name that a stranger may have chosen: short, on one line, and not to be clicked on. */
const oneLine = (name: string): string =>
  name
    .replace(/\s+/g, ' ')
    .replace(/\w+:\/\/|www\./gi, '')
    .slice(0, 80);
