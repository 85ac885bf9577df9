// A member's file (NAME.member): their private key under a passphrase and under a recovery code, both through Argon2id.
// gateway/vault/member.hpp and locked_scalar.hpp say the form.

import { argon2id } from '@noble/hashes/argon2.js';

import { type Bytes, from_utf8, joined, number_at, same, to_hex } from './bytes';
import { PrivateKey, key_id } from './circle';
import { check_mac, read_summed } from './key_file';
import { Refused } from './sealed';
import { hash, open_aead } from './sodium';

const first_line = 'rightsline-member 1';
const most_file_bytes = 4096;
const locked_bytes = 107;
const place_bytes = 2 + 8 + 1;
const salt_at = place_bytes + 4 + 4;
const head_bytes = salt_at + 16;
const nonce_bytes = 24;
const lock_algorithm = 4;
// A file that asks for more was not written by us, and would stop the machine of who opens it.
const most_passes = 16;
const most_memory_kib = 1024 * 1024;

export type LockedBy = 'passphrase' | 'recovery';
const lock_numbers: Record<LockedBy, number> = { passphrase: 1, recovery: 2 };

export interface Lock {
  readonly name: string;
  readonly id: string;
  readonly by: LockedBy;
}

function place_of(lock: Lock): Bytes {
  const id = Uint8Array.from(lock.id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return joined(Uint8Array.of(1, lock_algorithm), id, Uint8Array.of(lock_numbers[lock.by]));
}

function cost_in(locked: Uint8Array): { passes: number; memory: number } {
  const cost = { passes: number_at(locked, place_bytes), memory: number_at(locked, place_bytes + 4) };
  if (cost.passes < 1 || cost.passes > most_passes || cost.memory < 8 || cost.memory > most_memory_kib) {
    throw new Refused('bad_key_file');
  }
  return cost;
}

/// The private key that `secret` opens. Takes seconds at the house's cost: call it in a worker.
export function unlock_scalar(lock: Lock, secret: Uint8Array, locked: Uint8Array): Bytes {
  if (locked.length !== locked_bytes || !same(locked.subarray(0, place_bytes), place_of(lock))) {
    throw new Refused('bad_key_file');
  }
  const { passes, memory } = cost_in(locked);
  const head = locked.subarray(0, head_bytes);
  const salt = locked.subarray(salt_at, head_bytes);
  const stretched = argon2id(secret, salt, { t: passes, m: memory, p: 1, dkLen: 32 });
  const data = joined(head, from_utf8(lock.name));
  const nonce = locked.subarray(head_bytes, head_bytes + nonce_bytes);
  const scalar = open_aead(stretched, nonce, data, locked.subarray(head_bytes + nonce_bytes));
  stretched.fill(0);
  if (scalar === null) {
    throw new Refused('wrong_secret');
  }
  return scalar;
}

export class MemberFile {
  readonly name: string;
  readonly key: Bytes;
  readonly #locked: Record<LockedBy, Bytes>;
  readonly #summed: string;

  constructor(text: string) {
    const { file, name, key, summed } = read_summed(text, first_line, most_file_bytes);
    this.name = name;
    this.key = key;
    this.#summed = summed;
    this.#locked = {
      passphrase: file.bytes('passphrase', locked_bytes),
      recovery: file.bytes('recovery', locked_bytes),
    };
  }

  /// Compared by voice: "79bb 05f8 …", eight groups.
  get fingerprint(): string {
    return (to_hex(hash(this.key).subarray(0, 16)).match(/.{4}/g) ?? []).join(' ');
  }

  open(secret: Uint8Array, by: LockedBy): PrivateKey {
    const lock = { name: this.name, id: key_id(this.key), by };
    const scalar = unlock_scalar(lock, secret, this.#locked[by]);
    const key = new PrivateKey(scalar);
    scalar.fill(0);
    if (!same(key.key, this.key)) {
      throw new Refused('bad_key_file');
    }
    check_mac(this.#summed, key);
    return key;
  }
}

/// A passphrase as it was locked with: composed as keyboards send it.
export const passphrase_bytes = (typed: string): Bytes => from_utf8(typed.normalize('NFC'));
