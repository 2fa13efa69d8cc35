import { z } from 'zod';
import { Channel } from '../primitives.js';

/** Locales that every recipe is written in. */
export const RecipeLocale = z.enum(['en', 'de']);
export type RecipeLocale = z.infer<typeof RecipeLocale>;

const Localized = z.strictObject({ en: z.string().min(1), de: z.string().min(1) });
const Key = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/);

/**
 * A file of recipes/: everything one purpose needs, in every locale.
 * - Any object of exactly the locales, such as `{"en": "Thanks", "de": "Danke"}`, stands for the text in the one that is installed.
 * - A list of strings under `mjml`, `html` or `text` stands for its lines.
 */
export const Recipe = z.strictObject({
  key: Key,
  name: Localized,
  description: Localized,
  topics: z.array(z.strictObject({ key: Key, name: Localized, description: Localized })),
  templates: z.array(
    z.strictObject({
      key: Key,
      name: Localized,
      channel: Channel,
      /** A variant in the channel's shape (contracts/templates/content) per locale; all are installed. */
      locales: z.strictObject({ en: z.record(z.string(), z.json()), de: z.record(z.string(), z.json()) }),
    }),
  ),
  flows: z.array(z.strictObject({ key: Key, definition: z.record(z.string(), z.json()) })).min(1),
});
export type Recipe = z.infer<typeof Recipe>;
