import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';

/**
 * Node runs the sources after this was imported, as tests do: it takes the types out, `.js` means the `.ts` beside it, and
 * packages offer their sources.
 */
registerHooks({
  resolve(specifier, context, next) {
    const fromSources = { ...context, conditions: ['source', ...(context.conditions ?? [])] };
    try {
      return next(specifier, fromSources);
    } catch (error) {
      if (!specifier.startsWith('.') || !specifier.endsWith('.js')) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), fromSources);
    }
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const source = stripTypeScriptTypes(readFileSync(new URL(url), 'utf8'), { mode: 'transform' });
    return { format: 'module', source, shortCircuit: true };
  },
});
