import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changed, historyOf, redone, undone } from './history';

describe('the history of edits', () => {
  test('letters typed into one field are taken back at once, another field is another step', () => {
    let history = changed(changed(historyOf({ text: '' }), { text: 'a' }, 'name'), { text: 'ab' }, 'name');
    history = changed(history, { text: 'ab!' }, 'description');
    expect(undone(history).present).toEqual({ text: 'ab' });
    expect(undone(undone(history)).present).toEqual({ text: '' });
  });

  test('a new edit after one was taken back forgets what was taken back', () => {
    const history = changed(undone(changed(historyOf('a'), 'b')), 'c');
    expect(redone(history)).toBe(history);
  });

  test('Feature: history of edits, Property 1: undoing and redoing as often leads back to where one was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 30 }), fc.nat(40), (edits, times) => {
        const edited = edits.reduce((history, edit) => changed(history, edit), historyOf(-1));
        const back = Math.min(times, edited.past.length);
        let history = edited;
        for (let n = 0; n < back; n++) history = undone(history);
        for (let n = 0; n < back; n++) history = redone(history);
        expect({ ...history, field: null }).toEqual({ ...edited, field: null });
      }),
      { numRuns: 200 },
    );
  });
});
