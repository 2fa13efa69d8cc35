import type { AccountLink } from '@halyard/contracts/access/links';
import { languageOf } from '../tracking/page-words.js';

interface PageOfLink {
  title: string;
  text: string;
  button: string;
  done: string;
}

const en = {
  pages: {
    password: {
      title: 'Set a new password',
      text: 'You will be signed out everywhere.',
      button: 'Set the password',
      done: 'Your new password is set. You can log in with it.',
    },
    email: {
      title: 'Confirm your address',
      text: 'Confirm that the address this link was sent to is yours, and that you registered.',
      button: 'Confirm',
      done: 'Your address is confirmed.',
    },
    invitation: {
      title: 'Accept the invitation',
      text: 'With an account already, give its password. Without one, choose a name and a password, and it is made.',
      button: 'Join',
      done: 'You have joined. You can log in.',
    },
  } as Record<AccountLink, PageOfLink>,
  newPassword: 'New password, 12 characters or more',
  name: 'Your name (for a new account)',
  password: 'Password',
  tooShort: 'Use 12 characters or more.',
  linkOver: 'This link was used or has expired. Ask for a new one.',
  invitationOver: 'This invitation has expired, was used or was cancelled. Ask for a new one.',
  wrongPassword: 'This is not the password of the account with the invited address.',
  twoFactor: 'This account has a second factor. Log in first, then accept the invitation there.',
  tooMany: 'There were too many attempts. Try again in a quarter of an hour.',
};

export type LinkWords = typeof en;

const de: LinkWords = {
  pages: {
    password: {
      title: 'Neues Passwort festlegen',
      text: 'Sie werden überall abgemeldet.',
      button: 'Passwort festlegen',
      done: 'Ihr neues Passwort gilt. Sie können sich damit anmelden.',
    },
    email: {
      title: 'Adresse bestätigen',
      text: 'Bestätigen Sie, dass die Adresse, an die dieser Link ging, Ihre ist und dass Sie sich registriert haben.',
      button: 'Bestätigen',
      done: 'Ihre Adresse ist bestätigt.',
    },
    invitation: {
      title: 'Einladung annehmen',
      text: 'Haben Sie schon ein Konto, geben Sie dessen Passwort ein. Sonst wählen Sie einen Namen und ein Passwort, und es wird angelegt.',
      button: 'Beitreten',
      done: 'Sie sind beigetreten. Sie können sich anmelden.',
    },
  },
  newPassword: 'Neues Passwort, mindestens 12 Zeichen',
  name: 'Ihr Name (für ein neues Konto)',
  password: 'Passwort',
  tooShort: 'Verwenden Sie mindestens 12 Zeichen.',
  linkOver: 'Dieser Link wurde benutzt oder ist abgelaufen. Fordern Sie einen neuen an.',
  invitationOver:
    'Diese Einladung ist abgelaufen, wurde benutzt oder zurückgenommen. Bitten Sie um eine neue.',
  wrongPassword: 'Das ist nicht das Passwort des Kontos mit der eingeladenen Adresse.',
  twoFactor:
    'Dieses Konto hat einen zweiten Faktor. Melden Sie sich an, und nehmen Sie die Einladung dort an.',
  tooMany: 'Es waren zu viele Versuche. Versuchen Sie es in einer Viertelstunde wieder.',
};

/** What the pages say in the first of these languages that we speak. */
export function linkWordsIn(languages: readonly string[]): { lang: string; words: LinkWords } {
  const { lang } = languageOf(languages);
  return { lang, words: lang === 'de' ? de : en };
}
