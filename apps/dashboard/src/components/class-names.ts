import type { ClassValue } from 'clsx';
import { clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Classes joined; of two that set the same, the later one counts. */
export const classNames = (...classes: ClassValue[]): string => twMerge(clsx(classes));
