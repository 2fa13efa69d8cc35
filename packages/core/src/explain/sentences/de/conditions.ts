import type { Sentences } from '../sentences.js';

export const comparisons: Sentences['comparisons'] = {
  eq: (field, value, fact) => `${field} musste ${value} sein und war ${fact}`,
  neq: (field, value, fact) => `${field} musste etwas anderes als ${value} sein und war ${fact}`,
  gt: (field, value, fact) => `${field} musste mehr als ${value} sein und war ${fact}`,
  gte: (field, value, fact) => `${field} musste mindestens ${value} sein und war ${fact}`,
  lt: (field, value, fact) => `${field} musste weniger als ${value} sein und war ${fact}`,
  lte: (field, value, fact) => `${field} musste höchstens ${value} sein und war ${fact}`,
  in: (field, value, fact) => `${field} musste eines von ${value} sein und war ${fact}`,
  not_in: (field, value, fact) => `${field} durfte keines von ${value} sein und war ${fact}`,
  contains: (field, value, fact) => `${field} musste ${value} enthalten und war ${fact}`,
  starts_with: (field, value, fact) => `${field} musste mit ${value} beginnen und war ${fact}`,
  exists: (field, _, fact) => `${field} musste gesetzt sein und war ${fact}`,
  missing: (field, _, fact) => `${field} musste leer sein und war ${fact}`,
  before: (field, value, fact) => `${field} musste vor ${value} liegen und war ${fact}`,
  after: (field, value, fact) => `${field} musste nach ${value} liegen und war ${fact}`,
  within_last: (field, value, fact) => `${field} musste zurückliegen, höchstens ${value}, und war ${fact}`,
  within_next: (field, value, fact) =>
    `${field} musste bevorstehen, höchstens ${value} entfernt, und war ${fact}`,
};

export const holds: Sentences['holds'] = { yes: 'das ist erfüllt', no: 'das ist nicht erfüllt' };
