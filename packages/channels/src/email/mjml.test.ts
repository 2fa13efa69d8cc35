import type { EmailVariant } from '@halyard/contracts/templates/content';
import { TemplateCompiler } from '@halyard/core/templates/compile';
import { expect, test } from 'vitest';
import { mjmlCompiler } from './mjml.js';

const compiler = new TemplateCompiler(mjmlCompiler);

async function compile(mjml: string) {
  const variant: EmailVariant = { subject: 'S', mjml };
  const result = await compiler.compile({
    channel: 'email',
    content: { default_locale: 'de', locales: { de: variant } },
  });
  if (result.kind === 'invalid') return result.issues.map((issue) => issue.message);
  const compiled = result.compiled.locales.de;
  if (compiled?.kind !== 'email') throw new Error('not an email');
  return compiled;
}

test('the content of a column becomes a whole document with its Liquid untouched', async () => {
  const button =
    '<mj-button href="{{ url | default: "https://haff.example/" }}">Los, {{ firstName }}</mj-button>';
  expect(await compile(`<mj-text>{% if x < 3 %}Wenig{% endif %}</mj-text>\n${button}`)).toMatchObject({
    html: expect.stringMatching(
      /<html lang="de"[\s\S]*{% if x < 3 %}Wenig{% endif %}[\s\S]*href="{{ url \| default: "https:\/\/haff\.example\/" }}"/,
    ),
    text: expect.stringContaining('Los, {{ firstName }} ({{ url | default: "https://haff.example/" }})'),
  });
});

test('sections and whole documents are taken as they are', async () => {
  const section = '<mj-section><mj-column><mj-text>Ahoi</mj-text></mj-column></mj-section>';
  expect(await compile(section)).toMatchObject({ text: 'Ahoi' });
  expect(await compile(`<mjml><mj-body>${section}</mj-body></mjml>`)).toMatchObject({ text: 'Ahoi' });
});

test('in dark mode text is light, unless the document has a layout of its own', async () => {
  const plain = await compile(
    '<mj-text>Ahoi</mj-text><mj-text css-class="footer" color="#6b7280">Haff</mj-text>',
  );
  expect(plain).toMatchObject({
    html: expect.stringMatching(
      /prefers-color-scheme: dark\) { \.text div { color: #e5e7eb !important[\s\S]*class="text"[\s\S]*Ahoi[\s\S]*class="footer"[\s\S]*Haff/,
    ),
  });
  const own =
    '<mjml><mj-body><mj-section><mj-column><mj-text>A</mj-text></mj-column></mj-section></mj-body></mjml>';
  expect(await compile(own)).toMatchObject({ html: expect.not.stringContaining('prefers-color-scheme') });
});

test('faults name their line and nothing of this machine', async () => {
  const faults = await compile('<mj-text>a</mj-text>\n<mj-text colour="red">b</mj-text>\n<mj-nothing />');
  expect(faults).toEqual([
    expect.stringMatching(/^Line 2: <mj-text>: .*colour/),
    expect.stringMatching(/^Line 3: <mj-nothing>/),
  ]);
  expect(JSON.stringify(await compile('<mj-text>'))).not.toContain(process.cwd());
});

test('Liquid that MJML would drop is told instead of lost', async () => {
  const section = '<mj-section><mj-column><mj-text>Ahoi</mj-text></mj-column></mj-section>';
  expect(await compile(`${section}{% if vip %}${section}{% endif %}`)).toEqual([
    expect.stringContaining('{% if vip %} would be lost'),
    expect.stringContaining('{% endif %} would be lost'),
  ]);
});

test('no file is included and no font is fetched', async () => {
  const included = await compile('<mj-include path="/etc/passwd" /><mj-text>x</mj-text>');
  expect(JSON.stringify(included)).not.toContain('root:');
  expect(await compile('<mj-text font-family="Roboto">x</mj-text>')).toMatchObject({
    html: expect.not.stringContaining('fonts.googleapis.com'),
  });
});
