// The text of a key file: a first line that says what it is, then "name: value" lines, each name once; and the two check
// lines of a member's and of a circle's shares file (gateway/vault/checked_text.hpp).

import { type Bytes, from_base64, from_utf8, same, to_base64 } from './bytes';
import type { PrivateKey } from './circle';
import { key_id } from './circle';
import { Refused } from './sealed';
import { hash, is_sound_key } from './sodium';

export class KeyFile {
  readonly #lines = new Map<string, string>();

  constructor(text: string, first_line: string, most: number) {
    const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
    if (from_utf8(text).length > most || lines[0] !== first_line) {
      throw new Refused('bad_key_file');
    }
    for (const line of lines.slice(1)) {
      const mark = line.indexOf(': ');
      if (mark < 0 || this.get(line.slice(0, mark)) !== '') {
        throw new Refused('bad_key_file');
      }
      this.#lines.set(line.slice(0, mark), line.slice(mark + 2));
    }
  }

  /// "" when it has no such line.
  get(name: string): string {
    return this.#lines.get(name) ?? '';
  }

  bytes(name: string, size: number): Bytes {
    const bytes = from_base64(this.get(name));
    if (bytes === null || bytes.length !== size) {
      throw new Refused('bad_key_file');
    }
    return bytes;
  }
}

/// As a circle's or a member's is written: 1 to 64 of a-z, 0-9 and '-'.
export function name_in(file: KeyFile, line = 'name'): string {
  const name = file.get(line);
  if (!/^[a-z0-9-]{1,64}$/.test(name)) {
    throw new Refused('bad_key_file');
  }
  return name;
}

export function version_in(file: KeyFile): number {
  const version = /^[0-9]{1,10}$/.test(file.get('version')) ? Number(file.get('version')) : 0;
  if (version < 1 || version > 0xffff_ffff) {
    throw new Refused('bad_key_file');
  }
  return version;
}

/// A public key that is what its id says, and safe to seal to.
export function public_key_in(file: KeyFile): Bytes {
  const key = file.bytes('key', 32);
  if (file.get('id') !== key_id(key) || !is_sound_key(key)) {
    throw new Refused('bad_key_file');
  }
  return key;
}

const before_last_line = (text: string): string => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);

/// What stands before the sum.
export function summed_text(text: string): string {
  const before = before_last_line(text);
  if (text.slice(before.length) !== `sum: ${to_base64(hash(from_utf8(before), 16))}\n`) {
    throw new Refused('damaged_key_file');
  }
  return before;
}

/// A file with a sum, a name and a public key, and what its mac is over.
export interface SummedFile {
  readonly file: KeyFile;
  readonly name: string;
  readonly key: Bytes;
  readonly summed: string;
}

/// A file that is of another kind is a bad one before its sum is looked at.
export function read_summed(text: string, first_line: string, most: number): SummedFile {
  if (!text.startsWith(first_line)) {
    throw new Refused('bad_key_file');
  }
  const summed = summed_text(text);
  const file = new KeyFile(text, first_line, most);
  return { file, name: name_in(file), key: public_key_in(file), summed };
}

/// `summed`: what summed_text() gave. Only who could open the file can have written its mac.
export function check_mac(summed: string, key: PrivateKey): void {
  const before = before_last_line(summed);
  const right = from_utf8(`mac: ${to_base64(key.mac(from_utf8(before)))}\n`);
  if (!same(from_utf8(summed.slice(before.length)), right)) {
    throw new Refused('damaged_key_file');
  }
}
