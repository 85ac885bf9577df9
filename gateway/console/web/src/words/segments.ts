// What a text costs as SMS: the browser's half of locales/segments.hpp.

const two = new Set('\f^{}\\[~]|€');
const one = new Set(
  '\n\r !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz' +
    '£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà',
);

// Only punctuation, spaces and what is invisible: letters are never touched.
const mends: readonly [RegExp, string][] = [
  [/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[`\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018\u2019\u201b\u2032\u2039\u203a\ua78b\ua78c]/g, "'"],
  [/[\u00ab\u00bb\u201c-\u201f\u2033]/g, '"'],
  [/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]/g, ''],
  [/[\u2010-\u2015\u2022\u2043\u2212]/g, '-'],
  [/\u201a/g, ','],
  [/\u2026/g, '...'],
  [/[\u2028\u2029]/g, '\n'],
  [/\u2044/g, '/'],
];

const cost = (c: string): number => (one.has(c) ? 1 : two.has(c) ? 2 : 0);
const is_gsm7 = (text: string): boolean => Array.from(text).every((c) => cost(c) !== 0);

/// With the quotation marks and dashes that cost nothing, where the whole text then is GSM-7; else as it was.
export function mended(text: string): string {
  const tried = mends.reduce((so_far, [from, to]) => so_far.replace(from, to), text.normalize('NFC'));
  return !is_gsm7(text) && is_gsm7(tried) ? tried : text;
}

function graphemes(text: string): string[] {
  return typeof Intl.Segmenter === 'function'
    ? Array.from(new Intl.Segmenter('en').segment(text), (each) => each.segment)
    : Array.from(text);
}

function parts(costs: readonly number[], alone: number, in_parts: number): number {
  if (costs.reduce((sum, each) => sum + each, 0) <= alone) {
    return 1;
  }
  let count = 1;
  let used = 0;
  for (const each of costs) {
    if (used + each > in_parts) {
      ++count;
      used = 0;
    }
    used += each;
  }
  return count;
}

/// How many SMS parts `text`, as it stands, takes.
export const segments = (text: string): number =>
  is_gsm7(text)
    ? parts(Array.from(text, cost), 160, 153)
    : parts(
        graphemes(text).map((each) => each.length),
        70,
        67,
      );
