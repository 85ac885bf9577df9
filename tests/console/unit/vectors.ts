// The vectors that C++ and the browser share.
import { readFileSync } from 'node:fs';

import { type Bytes, from_hex } from '../../../gateway/console/web/src/crypto/bytes';
import { Refused, type Refusal } from '../../../gateway/console/web/src/crypto/sealed';

export function vectors<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')) as Shape;
}

export function hex(text: string): Bytes {
  const bytes = from_hex(text);
  if (bytes === null) {
    throw new Error('a vector is not hex');
  }
  return bytes;
}

export function with_bit(bytes: Uint8Array, at: number): Bytes {
  const changed = new Uint8Array(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

/// Why it was refused; "opened" when it was not.
export function refusal(act: () => unknown): Refusal | 'opened' {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) {
      return error.why;
    }
    throw error;
  }
  return 'opened';
}
