import { join } from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

/** Plain files that the API's process serves: no second server (ADR 11). Types are checked by `pnpm types`. */
const config: NextConfig = {
  output: 'export',
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '../..') },
  reactStrictMode: true,
  poweredByHeader: false,
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
