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

/** Texts with arguments are compiled while building: no browser gets the compiler for them. */
export default createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  experimental: { messages: { path: './src/words', format: 'json', locales: 'infer', precompile: true } },
})(config);
