import type { ClassValue } from 'clsx';
import { clsx } from 'clsx';

/** Classes joined. Nobody gives a component a class that contradicts its own: which of the two counts is not defined. */
export const classNames = (...classes: ClassValue[]): string => clsx(classes);
