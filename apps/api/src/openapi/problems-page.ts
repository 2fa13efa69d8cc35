import { problems } from '@halyard/contracts/problems';

/** Where the `type` of every problem points: one anchor per code. */
export function problemsPage(): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Halyard: problems</title><link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8884 }
tr:target { background: #fd08 }
</style>
</head>
<body>
<h1>Problems</h1>
<p>Every error of the API is a problem detail (RFC 9457). <code>code</code> is stable and meant for programs;
<code>detail</code> is a sentence for people that says what to do; <code>errors</code> names the fields.
Quote <code>request_id</code> when you report a problem. See also the <a href="/docs">API reference</a>.</p>
<table>
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
