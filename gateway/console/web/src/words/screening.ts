// Screening: what must not stand in a reply to a worker, found before it is sealed. The browser's half of
// gateway/cases/screening.hpp; both are held to tests/data/screening-vectors.json.
//
// Only the writer's own device can do it: the server never sees the words.
import { clean_text, fold } from './folding';
import { mended } from './segments';

export const most_segments = 6;

export const kinds = ['number', 'address', 'link', 'name', 'dangerous', 'digits', 'date', 'joined', 'capital'] as const;
export type Kind = (typeof kinds)[number];

export interface Screened {
  readonly kind: Kind;
  readonly words: string;
}

/// Refused whatever its writer says; the others are doubts, which the writer may confirm.
export const is_refused = (found: Screened): boolean => kinds.indexOf(found.kind) <= kinds.indexOf('dangerous');

export interface ScreenWords {
  readonly names: readonly string[]; // as the writer typed them
  readonly dangerous: readonly string[]; // of the program
}

const digits_of_number = 7;
const digits_in_doubt = 6;
const shortest_name = 3; // bytes
const shortest_stem = 4;
const endings = new Set('com org net info gov edu io co me us uk mx ht ls za bd app biz ly gl'.split(' '));
const everyday = new Set(
  ('monday tuesday wednesday thursday friday saturday sunday january february march april may june july august ' +
    'september october november december').split(' '),
);

const size = (text: string): number => new TextEncoder().encode(text).length;
const split = (text: string): string[] => text.split(/[ \n]+/).filter((word) => word !== '');
const is_letter = (c: string): boolean => /^[a-z\u0080-\uffff]$/i.test(c);
const ascii_lower = (text: string): string => text.replace(/[A-Z]/g, (c) => c.toLowerCase());

const marks: Readonly<Record<string, string>> = {
  '\uff20': '@', '\ufe6b': '@', '\uff0e': '.', '\u3002': '.', '\uff0f': '/', '\uff1a': ':',
};
const plain_marks = (text: string): string => text.replace(/[\uff20\ufe6b\uff0e\u3002\uff0f\uff1a]/g, (c) => marks[c] ?? c);

/// Three of them, one a year of our time and the others a day and a month.
function is_date(run: readonly string[]): boolean {
  const year = (one = ''): boolean => /^(19|20)..$/.test(one);
  const day = (one = ''): boolean => /^[0-9]{1,2}$/.test(one) && Number(one) <= 31;
  return run.length === 3 && day(run[1]) && ((year(run[0]) && day(run[2])) || (day(run[0]) && year(run[2])));
}

function numbers(folded: string): Screened[] {
  const found: Screened[] = [];
  let run: string[] = [];
  for (const word of [...split(folded), '']) {
    if (/[0-9]/.test(word)) {
      run.push(word);
      continue;
    }
    const words = run.join(' ');
    const digits = words.replace(/[^0-9]/g, '').length;
    if (is_date(run)) {
      found.push({ kind: 'date', words });
    } else if (digits >= digits_of_number) {
      found.push({ kind: 'number', words });
    } else if (digits >= digits_in_doubt) {
      found.push({ kind: 'digits', words });
    }
    run = [];
  }
  return found;
}

function links(word: string): Screened[] {
  const low = ascii_lower(word);
  if (low.includes('://') || low.startsWith('www.')) {
    return [{ kind: 'link', words: word }];
  }
  const name = (low.split('/')[0] ?? '').replace(/[.,;:!?)"']+$/, '');
  const dot = name.lastIndexOf('.');
  const ending = name.slice(dot + 1);
  if (dot <= 0 || !is_letter(name[dot - 1] ?? '') || name.includes('@')) {
    return [];
  }
  const letters = size(ending) >= 2 && Array.from({ length: ending.length }, (_, i) => ending[i] ?? '').every(is_letter);
  return letters ? [{ kind: endings.has(ending) ? 'link' : 'joined', words: word }] : [];
}

/// Not at the beginning of a sentence.
function capitals(text: string): Screened[] {
  const found: Screened[] = [];
  let begins = true;
  for (const word of split(text)) {
    const bare = word.replace(/^["'(]+/, '');
    const folded = fold(bare);
    if (/^[A-Z\u00c0-\u00d6\u00d8-\u00de]/.test(bare) && !begins && size(folded) >= shortest_name && !everyday.has(folded)) {
      found.push({ kind: 'capital', words: bare });
    }
    begins = /[.!?:]$/.test(word);
  }
  return found;
}

const in_order = (one: Screened, other: Screened): number =>
  kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || (one.words < other.words ? -1 : one.words > other.words ? 1 : 0);

/// In the order of the kinds; each once.
export function screen_reply(text: string, words: ScreenWords): Screened[] {
  const marked = plain_marks(text);
  const folded = fold(text);
  const holds = (word: string, stem: boolean): boolean => word !== '' && ` ${folded} `.includes(` ${word}${stem ? '' : ' '}`);
  const each = split(marked);
  const names = words.names.flatMap((name) => split(fold(name))).filter((name) => size(name) >= shortest_name && holds(name, false));
  const dangerous = words.dangerous.map(fold).filter((word) => holds(word, size(word) >= shortest_stem));
  const found: Screened[] = [
    ...numbers(folded),
    ...each.filter((word) => word.includes('@') && size(word) > 1).map((word): Screened => ({ kind: 'address', words: word })),
    ...each.flatMap(links),
    ...names.map((word): Screened => ({ kind: 'name', words: word })),
    ...dangerous.map((word): Screened => ({ kind: 'dangerous', words: word })),
    ...capitals(marked),
  ];
  const once = new Map(found.map((one) => [`${one.kind} ${one.words}`, one]));
  return [...once.values()].sort(in_order);
}

/// As it will be sent: clean, without space around it, and with the quotation marks that cost nothing.
export const words_of = (typed: string): string => mended(clean_text(typed).replace(/^[ \n]+|[ \n]+$/g, ''));
