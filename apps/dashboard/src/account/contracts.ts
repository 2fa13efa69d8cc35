import { Email, NewPassword, Password } from '@halyard/contracts/access/account';
import { z } from 'zod';

/** What the forms of this folder hold. Loaded when one is checked. */
export const Credentials = z.strictObject({ email: Email, password: Password });
export type Credentials = z.output<typeof Credentials>;
export const Address = z.strictObject({ email: Email });
export type Address = z.output<typeof Address>;
export const Chosen = z.strictObject({ password: NewPassword });
export type Chosen = z.output<typeof Chosen>;
