import type { Access } from '@halyard/api/local/home';
import type { ApiCall } from '@halyard/api/local/sample/api-call';
import { apiCall } from '@halyard/api/local/sample/api-call';
import type { Language, School } from './school.ts';
import { facts, schools } from './school.ts';

/** The owner of the sample, who founds one more school for the pictures, with nothing but a sandbox in it. */
export class Founder {
  readonly organization: string;
  readonly language: Language;
  readonly school: School;
  readonly api: ApiCall;
  readonly #url: string;
  readonly #headers: Record<string, string>;

  private constructor(url: string, authorization: string, organization: string, language: Language) {
    this.organization = organization;
    this.language = language;
    this.school = schools[language];
    this.#url = url;
    this.#headers = { authorization, 'x-organization-id': organization };
    this.api = apiCall(url, this.#headers);
  }

  static async found(url: string, { email, password }: Access, language: Language): Promise<Founder> {
    const authorization = await signIn(url, email, password);
    const name = schools[language].name;
    const made = await apiCall(url, { authorization })<{ id: string }>('POST', '/organizations', { name });
    const founder = new Founder(url, authorization, made.id, language);
    await founder.api('PATCH', '/organization', { ...facts, locale: language });
    await founder.api('POST', '/connections', {
      provider: 'sandbox',
      name: 'Sandbox',
      settings: {},
      secrets: {},
    });
    return founder;
  }

  /** Sends a file of contacts. */
  async import(query: URLSearchParams, csv: string): Promise<string> {
    const answer = await fetch(`${this.#url}/imports?${query}`, {
      method: 'POST',
      headers: { ...this.#headers, 'content-type': 'text/csv' },
      body: csv,
    });
    if (!answer.ok) throw new Error(`The import was refused: ${await answer.text()}`);
    return ((await answer.json()) as { id: string }).id;
  }

  /** Somebody who was invited makes an account and joins. */
  async join(name: string, email: string, token: string): Promise<void> {
    const password = 'a password of some length';
    await apiCall(this.#url, {})('POST', '/auth/register', { name, email, password });
    const authorization = await signIn(this.#url, email, password);
    await apiCall(this.#url, { authorization })('POST', '/invitations/accept', { token });
  }
}

async function signIn(url: string, email: string, password: string): Promise<string> {
  const { token } = await apiCall(url, {})<{ token: string }>('POST', '/auth/login', { email, password });
  return `Bearer ${token}`;
}
