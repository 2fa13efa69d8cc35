// In CI the properties always draw the same cases, so that a commit passes or fails by what is in it. Everywhere else each
// run draws new ones; a failure prints the seed that repeats it.
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_121 });
