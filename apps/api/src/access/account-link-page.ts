import type { AccountLink } from '@halyard/contracts/access/links';
import { escapeHtml } from '@halyard/core/templates/html';

const field = (name: string, label: string, attributes: string): string =>
  `<label for="${name}">${label}<input id="${name}" name="${name}" ${attributes}></label>`;

const newPassword = field(
  'password',
  'New password, 12 characters or more',
  'type="password" minlength="12" maxlength="128" autocomplete="new-password" required',
);

const pages: Record<
  AccountLink,
  { title: string; text: string; fields: string; button: string; done: string }
> = {
  password: {
    title: 'Set a new password',
    text: 'You will be signed out everywhere.',
    fields: newPassword,
    button: 'Set the password',
    done: 'Your new password is set. You can log in with it.',
  },
  email: {
    title: 'Confirm your address',
    text: 'Confirm that the address this link was sent to is yours.',
    fields: '',
    button: 'Confirm',
    done: 'Your address is confirmed.',
  },
  invitation: {
    title: 'Accept the invitation',
    text: 'With an account already, give its password. Without one, choose a name and a password, and it is made.',
    fields:
      field('name', 'Your name (for a new account)', 'type="text" maxlength="200" autocomplete="name"') +
      field(
        'password',
        'Password',
        'type="password" maxlength="128" autocomplete="current-password" required',
      ),
    button: 'Join',
    done: 'You have joined. You can log in.',
  },
};

export const titleOf = (kind: AccountLink): string => pages[kind].title;

/** The form; with what went wrong the time before. */
export function askPage(kind: AccountLink, token: string, problem?: string): string {
  const { text, fields, button } = pages[kind];
  const told = problem ? `<p class="done" role="alert">${escapeHtml(problem)}</p>` : '';
  return `${told}<p>${text}</p><form method="post" action="/auth/links/${kind}">
<input type="hidden" name="token" value="${escapeHtml(token)}">${fields}<button>${button}</button></form>`;
}

export const donePage = (kind: AccountLink): string =>
  `<p class="done" role="status">${pages[kind].done}</p>`;
