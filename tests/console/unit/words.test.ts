// The catalogues: the same names and plural forms in every language, and nothing but text.
import { describe, expect, it } from 'vitest';

import { type Key, en } from '../../../gateway/console/web/src/i18n/en';
import { es } from '../../../gateway/console/web/src/i18n/es';
import { length, t, when, when_by_hour, word } from '../../../gateway/console/web/src/i18n';
import { without_tricks } from '../../../gateway/console/web/src/ui/parts';
import { pseudo } from '../../../gateway/console/web/src/i18n/pseudo';

const keys = Object.keys(en) as Key[];
const names_in = (text: string): string[] => [...new Set(text.match(/\{[a-z]+\}/g) ?? [])].sort();

describe.each([
  ['es', es],
  ['pseudo', pseudo],
] as const)('the words in %s', (_, words) => {
  it('are those of English, one for one', () => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s has the same names, forms and signs', (key) => {
    expect(names_in(words[key])).toEqual(names_in(en[key]));
    expect(words[key].split('|').length).toBe(en[key].split('|').length);
    expect(words[key]).not.toMatch(/[<>&]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(words[key].trim()).toBe(words[key]);
    expect(words[key]).not.toBe('');
  });
});

describe('a sentence', () => {
  it('sets what it was given apart, so that no direction of it reaches further', () => {
    expect(t('taken_by', { name: '\u202Eairam' })).toBe('\u2068\u202Eairam\u2069 has it');
    expect(t('taken_by', { name: '{name}' })).toBe('\u2068{name}\u2069 has it');
  });

  it('counts', () => {
    expect(t('chosen_files', { count: 1 })).toBe('1 file chosen');
    expect(t('chosen_files', { count: 2 })).toBe('2 files chosen');
    expect(t('open_alerts', { count: 0 })).toBe('0 alerts nobody has taken');
  });

  it("takes the server's word where there is none of ours", () => {
    expect(word('mode_', 'voice')).toBe('call');
    expect(word('mode_', 'carrier_pigeon')).toBe('carrier pigeon');
    expect(word('mode_', '__proto__')).toBe('  proto  ');
  });
});

describe("a worker's words", () => {
  it('are shown as they are, but for what would turn or hide them', () => {
    expect(without_tricks('a\nb\tc ñ é 😀 👨‍👩‍👧 الراتب \u200f')).toBe('a\nb\tc ñ é 😀 👨‍👩‍👧 الراتب \u200f');
    expect(without_tricks('\u202Egnp.exe\u202C')).toBe('[U+202E]gnp.exe[U+202C]');
    expect(without_tricks('\u2066x\u2069\u0000\u001b[31m\ufeff')).toBe('[U+2066]x[U+2069][U+0000][U+001B][31m[U+FEFF]');
  });
});

describe('times', () => {
  it('are told from now', () => {
    expect(when(1_000_000 - 7_200, 1_000_000)).toBe('2 hours ago');
    expect(when(1_000_000 + 90_000, 1_000_000)).toBe('tomorrow');
    expect(when(1_000_000, 1_000_000)).toBe('this minute');
  });

  it('kept by the hour are told by the hour', () => {
    const noon = 36_000 * 100;
    expect(when_by_hour(noon, noon + 3_599)).toBe('this hour');
    expect(when_by_hour(noon - 3_600, noon + 60)).toBe('1 hour ago');
    expect(when_by_hour(noon - 50 * 3_600, noon)).toBe('2 days ago');
  });

  it('are as long as they are', () => {
    expect([41, 60, 90, 600, 3_600, 5_400].map(length)).toEqual([
      '41 sec', '1 min', '1 min 30 sec', '10 min', '1 hr', '90 min',
    ]);
  });
});
