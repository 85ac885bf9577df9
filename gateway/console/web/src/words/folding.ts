// Folding and cleaning: the browser's half of locales/folding.hpp, held to tests/data/screening-vectors.json.

const apostrophes = /['`\u00b4\u02b9\u02bb-\u02bd\u2018\u2019\u201b\ua78b\ua78c\uff07]/g;
// Accents of Latin, Greek, Cyrillic and Arabic; boxes around keys; what shows nothing.
const dropped = /[\u0300-\u036f\u064b-\u0655\u0670\u0640\p{Me}\p{Cf}\ufe00-\ufe0f]/gu;
const plain_letters: Readonly<Record<string, string>> = { ı: 'i', đ: 'd', ł: 'l', ø: 'o', ς: 'σ' };

/// Decimal digits stand in runs of ten in every script.
function digit_of(c: string): string {
  const point = c.codePointAt(0) ?? 0;
  let first = point;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) {
    --first;
  }
  return `${(point - first) % 10}`;
}

/// Numbers in circles and boxes that no compatibility form takes out of them: [first, last, value of the first, step].
const enclosed: readonly (readonly [number, number, number, number])[] = [
  [0x24eb, 0x24f4, 11, 1],
  [0x24f5, 0x24fe, 1, 1],
  [0x24ff, 0x24ff, 0, 0],
  [0x2776, 0x277f, 1, 1],
  [0x2780, 0x2789, 1, 1],
  [0x278a, 0x2793, 1, 1],
  [0x3248, 0x324f, 10, 10],
  [0x1f10b, 0x1f10c, 0, 0],
];
function number_in(c: string): string {
  const point = c.codePointAt(0) ?? 0;
  const run = enclosed.find(([first, last]) => point >= first && point <= last);
  return run === undefined ? c : `${run[2] + run[3] * (point - run[0])}`;
}

/// The form in which words are compared: case folded, without accents, digits as 0-9, one space between words.
export function fold(text: string): string {
  const cased = text.replace(apostrophes, '').normalize('NFKD').toUpperCase().toLowerCase();
  return cased
    .normalize('NFKD')
    .replace(apostrophes, '')
    .replace(dropped, '')
    .replace(/\p{Nd}/gu, digit_of)
    .replace(/[\u24eb-\u24ff\u2776-\u2793\u3248-\u324f\u{1f10b}\u{1f10c}]/gu, number_in)
    .replace(/[ıđłøς]/g, (c) => plain_letters[c] ?? c)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

const controls =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/g;

/// Without controls and what turns the direction; line ends as "\n", a tab as a space.
export const clean_text = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, '');
