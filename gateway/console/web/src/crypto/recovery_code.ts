// A recovery code: fifty digits in ten groups, the last of each a Damm digit over the group's place and its four digits.

import { type Bytes, from_utf8 } from './bytes';
import { Refused } from './sealed';

const groups = 10;
const in_group = 5;

const damm = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
];

/// A text of digits whose last is its Damm digit.
export function damm_ok(digits: string): boolean {
  let row = 0;
  for (const digit of digits) {
    row = Number(damm[row]?.[Number(digit)]);
  }
  return row === 0;
}

/// The digits alone; null when there is anything else in it.
function digits_of(typed: string): string | null {
  const digits = typed.replace(/[ .-]/g, '');
  return /^[0-9]*$/.test(digits) ? digits : null;
}

/// The groups (from 1) to look at again; null when it is not fifty digits at all.
export function wrong_groups(typed: string): number[] | null {
  const digits = digits_of(typed);
  if (digits?.length !== groups * in_group) {
    return null;
  }
  return Array.from({ length: groups }, (_, place) => place)
    .filter((place) => !damm_ok(`${place}${digits.slice(place * in_group, (place + 1) * in_group)}`))
    .map((place) => place + 1);
}

/// The bytes that a key is derived from.
export function recovery_bytes(typed: string): Bytes {
  if (wrong_groups(typed)?.length !== 0) {
    throw new Refused('not_a_recovery_code');
  }
  return from_utf8(digits_of(typed) ?? '');
}
