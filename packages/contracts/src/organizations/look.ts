import { z } from 'zod';

const mostLogoBytes = 48 * 1024;

/** How the pages look that recipients see: unsubscribe, preferences, confirmation. */
export const OrganizationLook = z
  .strictObject({
    /** What can be pressed has it; darkened or lightened where it could not be read otherwise. Null: Halyard's own. */
    brand_color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'Use a colour of six hexadecimal digits, such as #0b5cad.')
      .nullable(),
    /** A data URL of base64, at most 48 KB of PNG, JPEG or WebP: the pages load nothing from elsewhere. */
    logo: z
      .string()
      .max(Math.ceil((mostLogoBytes * 4) / 3) + 40, 'Use an image of at most 48 KB.')
      .regex(
        /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/,
        'Use a PNG, JPEG or WebP image as a data URL, such as data:image/png;base64,…',
      )
      .nullable(),
  })
  .meta({ id: 'OrganizationLook' });
export type OrganizationLook = z.output<typeof OrganizationLook>;
