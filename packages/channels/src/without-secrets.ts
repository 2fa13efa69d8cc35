const longest = 500;

/**
 * Cuts a text of a provider to size and takes the connection's secrets out, plain or in base64, of an address also its
 * last part, which is what makes it one: details are stored and shown.
 */
export function withoutSecrets(text: string, secrets: Record<string, string>): string {
  let clean = text;
  for (const secret of Object.values(secrets)) {
    if (secret.length < 4) continue;
    const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    const last = URL.parse(secret)?.pathname.split('/').at(-1) ?? '';
    for (const form of [secret, encoded, ...(last.length < 4 ? [] : [last])])
      clean = clean.replaceAll(form, '[secret]');
  }
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
