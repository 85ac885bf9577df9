// What is found in a reply before it is sealed is what C++ finds (tests/gateway/cases/screening_vectors.cpp).
import { describe, expect, it } from 'vitest';

import { clean_text, fold } from '../../../gateway/console/web/src/words/folding';
import { is_refused, kinds, screen_reply, words_of } from '../../../gateway/console/web/src/words/screening';
import { mended, segments } from '../../../gateway/console/web/src/words/segments';
import { vectors } from './vectors';

interface Screened {
  text: string;
  names: string[];
  dangerous: string[];
  folded: string;
  sent: string;
  segments: number;
  found: { kind: number; words: string }[];
}

const { screened } = vectors<{ screened: Screened[] }>('screening-vectors.json');

describe.each(screened.map((one) => [one.text.slice(0, 60), one] as const))('%s', (_, one) => {
  it('folds to the same', () => expect(fold(one.text)).toBe(one.folded));
  it('is sent as the same, at the same cost', () => {
    expect(mended(clean_text(one.text))).toBe(one.sent);
    expect(segments(one.sent)).toBe(one.segments);
  });
  it('holds the same', () => {
    const found = screen_reply(one.text, one).map(({ kind, words }) => ({ kind: kinds.indexOf(kind), words }));
    expect(found).toEqual(one.found);
  });
});

it('has something to hold', () => {
  expect(screened.length).toBeGreaterThan(30);
  expect(new Set(screened.flatMap((one) => one.found.map((each) => each.kind))).size).toBe(kinds.length);
});

it('refuses what others may read, and only asks about the rest', () => {
  const refused = kinds.filter((kind) => is_refused({ kind, words: '' }));
  expect(refused).toEqual(['number', 'address', 'link', 'name', 'dangerous']);
});

it('sends no space around the words', () => {
  expect(words_of(' \r\n “Yes” \u202Eok\n ')).toBe('"Yes" ok');
});
