import type { z } from 'zod';

/** For `safeParse`: says of what is not there that it is required, and leaves all other errors to the schema. */
export const tellMissing: z.core.$ZodErrorMap = ({ input }) =>
  input === undefined ? 'It is required.' : undefined;
