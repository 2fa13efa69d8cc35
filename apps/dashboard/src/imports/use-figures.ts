'use client';
import { useFormatter } from 'next-intl';
import { useCallback } from 'react';

const kilobyte = 1_000;

/** Large numbers and sizes, as the reader writes them. */
export function useFigures() {
  const format = useFormatter();
  const count = useCallback((n: number) => format.number(n), [format]);
  const size = useCallback(
    (bytes: number) =>
      bytes < kilobyte * kilobyte
        ? format.number(bytes / kilobyte, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 })
        : format.number(bytes / kilobyte / kilobyte, {
            style: 'unit',
            unit: 'megabyte',
            maximumFractionDigits: 1,
          }),
    [format],
  );
  return { count, size };
}
