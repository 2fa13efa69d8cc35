import type { Sentences } from '../sentences.js';

export const comparisons: Sentences['comparisons'] = {
  eq: (field, value, fact) => `${field} had to be ${value} and was ${fact}`,
  neq: (field, value, fact) => `${field} had to be other than ${value} and was ${fact}`,
  gt: (field, value, fact) => `${field} had to be more than ${value} and was ${fact}`,
  gte: (field, value, fact) => `${field} had to be at least ${value} and was ${fact}`,
  lt: (field, value, fact) => `${field} had to be less than ${value} and was ${fact}`,
  lte: (field, value, fact) => `${field} had to be at most ${value} and was ${fact}`,
  in: (field, value, fact) => `${field} had to be one of ${value} and was ${fact}`,
  not_in: (field, value, fact) => `${field} had to be none of ${value} and was ${fact}`,
  contains: (field, value, fact) => `${field} had to contain ${value} and was ${fact}`,
  starts_with: (field, value, fact) => `${field} had to start with ${value} and was ${fact}`,
  exists: (field, _, fact) => `${field} had to be set and was ${fact}`,
  missing: (field, _, fact) => `${field} had to be empty and was ${fact}`,
  before: (field, value, fact) => `${field} had to lie before ${value} and was ${fact}`,
  after: (field, value, fact) => `${field} had to lie after ${value} and was ${fact}`,
  within_last: (field, value, fact) => `${field} had to lie within the last ${value} and was ${fact}`,
  within_next: (field, value, fact) => `${field} had to lie within the next ${value} and was ${fact}`,
};

export const holds: Sentences['holds'] = { yes: 'which holds', no: 'which does not hold' };
