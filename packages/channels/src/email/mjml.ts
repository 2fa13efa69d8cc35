import type { MjmlCompiler, MjmlFault } from '@halyard/core/templates/compile';
import mjml2html from 'mjml';

/**
 * Compiles with MJML 5, strictly: an unknown tag or attribute is a fault, not a guess. Files cannot be included, and no
 * font is loaded from anywhere (it would tell that host who reads the mail).
 */
export const mjmlCompiler: MjmlCompiler = {
  async compile(mjml) {
    try {
      const { html } = await mjml2html(mjml, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} });
      return { html };
    } catch (error) {
      return { faults: faultsOf(error) };
    }
  },
};

interface Reported {
  line?: number;
  message?: string;
  tagName?: string;
}

/** MJML's own sentences name a path of this machine; its parts do not. */
function faultsOf(error: unknown): MjmlFault[] {
  const { errors } = error as { errors?: unknown };
  if (!Array.isArray(errors) || errors.length === 0)
    return [{ line: 1, message: 'This is not MJML: check that every tag is closed.' }];
  return (errors as Reported[]).map(({ line, message, tagName }) => ({
    line: line ?? 1,
    message: `${tagName ? `<${tagName}>: ` : ''}${message ?? 'not allowed here'}`,
  }));
}
