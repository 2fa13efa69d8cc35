import type { AccountLink } from '@halyard/contracts/access/links';
import type { DomainError } from '@halyard/core/domain-error';
import { escapeHtml } from '@halyard/core/templates/html';
import type { LinkWords } from './account-link-words.js';

const field = (name: string, label: string, attributes: string): string =>
  `<label for="${name}">${label}<input id="${name}" name="${name}" ${attributes}></label>`;

function fieldsOf(kind: AccountLink, words: LinkWords): string {
  const password = 'type="password" maxlength="128" required';
  switch (kind) {
    case 'password':
      return field('password', words.newPassword, `${password} minlength="12" autocomplete="new-password"`);
    case 'email':
      return '';
    case 'invitation':
      return (
        field('name', words.name, 'type="text" maxlength="200" autocomplete="name"') +
        field('password', words.password, `${password} autocomplete="current-password"`)
      );
  }
}

/** The form; with what went wrong the time before. */
export function askPage(kind: AccountLink, token: string, words: LinkWords, problem?: string): string {
  const { text, button } = words.pages[kind];
  const told = problem ? `<p class="done" role="alert">${escapeHtml(problem)}</p>` : '';
  return `${told}<p>${text}</p><form method="post" action="/auth/links/${kind}">
<input type="hidden" name="token" value="${escapeHtml(token)}">${fieldsOf(kind, words)}<button>${button}</button></form>`;
}

export const donePage = (kind: AccountLink, words: LinkWords): string =>
  `<p class="done" role="status">${words.pages[kind].done}</p>`;

/** A refusal in the words of the page. */
export function problemOn(
  kind: AccountLink,
  { code, issues, message }: DomainError,
  words: LinkWords,
): string {
  if (issues.some(({ path }) => path === 'body.password')) return words.tooShort;
  switch (code) {
    case 'invalid_credentials':
      return kind === 'invitation' ? words.wrongPassword : words.linkOver;
    case 'invalid_request':
    case 'not_found':
      return words.invitationOver;
    case 'two_factor_required':
      return words.twoFactor;
    case 'rate_limited':
      return words.tooMany;
    default:
      return message;
  }
}
