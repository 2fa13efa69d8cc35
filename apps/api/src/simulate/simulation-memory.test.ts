import { expect, test } from 'vitest';
import { quarterOfMemoryMb, sharesOf } from './simulation-memory.js';

const gb = 1_073_741_824;

test('simulations take at most four times a gigabyte, and less where there is less', () => {
  expect(sharesOf(16_384)).toEqual({ atOnce: 4, eachMb: 1_024 });
  expect(sharesOf(4_096)).toEqual({ atOnce: 4, eachMb: 1_024 });
  expect(sharesOf(2_500)).toEqual({ atOnce: 2, eachMb: 1_024 });
  expect(sharesOf(512)).toEqual({ atOnce: 1, eachMb: 512 });
});

test('a quarter of the memory is theirs: of the container where that has a limit, else of the machine', () => {
  expect(quarterOfMemoryMb(8 * gb, 2 * gb)).toBe(512);
  expect(quarterOfMemoryMb(8 * gb, 0)).toBe(2_048);
  // What a container without a limit reports.
  expect(quarterOfMemoryMb(8 * gb, 2 ** 63)).toBe(2_048);
});
