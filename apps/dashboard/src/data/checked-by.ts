import type { FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';

/** Checks a form by a contract. Both zod and the contract are loaded when they are first needed, not with the page. */
export const checkedBy =
  <T extends FieldValues>(load: () => Promise<z.ZodType<T, T>>): Resolver<T> =>
  async (values, context, options) => {
    const [{ zodResolver }, schema] = await Promise.all([import('@hookform/resolvers/zod'), load()]);
    return zodResolver(schema)(values, context, options);
  };
