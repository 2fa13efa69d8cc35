const longest = 500;

/** Cuts a text of a provider to size and takes the connection's secrets out, plain or in base64: details are stored and shown. */
export function withoutSecrets(text: string, secrets: Record<string, string>): string {
  let clean = text;
  for (const secret of Object.values(secrets)) {
    if (secret.length < 4) continue;
    const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    for (const form of [secret, encoded]) clean = clean.replaceAll(form, '[secret]');
  }
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
