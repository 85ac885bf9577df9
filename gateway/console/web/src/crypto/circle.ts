// A circle's key, and what is sealed to it: parts (a sealed box, padded) and recordings (a stream). The forms are those of
// gateway/vault/circle.hpp; tests/data holds vectors that both sides are held to.

import { type Bytes, from_utf8, joined, number_at, number_bytes, same, to_hex } from './bytes';
import { Refused } from './sealed';
import { SecretStream, stream_extra, stream_head_bytes, stream_key_bytes, tag_final } from './secretstream';
import { hash, open_sealed_box, public_of, seal_box, sealed_box_extra } from './sodium';

export type Form = 'part' | 'recording';

const version = 1;
const locked_version = 2;
const algorithms: Record<Form, number> = { part: 2, recording: 3 };
export const head_bytes = 2 + 8;
const inner_head_bytes = 32 + 4;
const chunk_bytes = 64 * 1024;
const box_bytes = stream_key_bytes + sealed_box_extra;
const opening_bytes = head_bytes + box_bytes + stream_head_bytes;

/// The first bytes of BLAKE2b of a public key, in hex.
export const key_id = (key: Uint8Array): string => to_hex(hash(key).subarray(0, 8));

const head_of = (key: Uint8Array, form: Form): Bytes =>
  joined(Uint8Array.of(version, algorithms[form]), hash(key).subarray(0, 8));

const bound_to = (head: Uint8Array, context: string): Bytes => hash(joined(head, from_utf8(context)));

function padded(size: number): number {
  return size <= 256 ? 256 : size <= 1024 ? 1024 : Math.ceil(size / 4096) * 4096;
}

/// The server takes the lock of a month off; what comes with it could not be unlocked: its month is gone, or it is another case's.
function refuse_locked(sealed: Uint8Array): void {
  if (sealed[0] === locked_version) {
    throw new Refused('month_gone');
  }
}

/// The id of the key that opens it, as the sealed thing tells it; opens nothing.
export function sealed_to(sealed: Uint8Array, form: Form): string {
  refuse_locked(sealed);
  const least = form === 'part' ? head_bytes + sealed_box_extra : opening_bytes;
  if (sealed.length < least || sealed[0] !== version || sealed[1] !== algorithms[form]) {
    throw new Refused('sealed_otherwise');
  }
  const inner = sealed.length - head_bytes - sealed_box_extra;
  if (form === 'part' && (inner === 0 || inner !== padded(inner))) {
    throw new Refused('sealed_otherwise');
  }
  return to_hex(sealed.subarray(2, head_bytes));
}

/// Seals `plain` to whoever holds the private half of `key`. `once`: only vectors name it.
export function seal_part(key: Uint8Array, context: string, plain: Uint8Array, once?: Bytes): Bytes {
  const head = head_of(key, 'part');
  const inner = new Uint8Array(padded(inner_head_bytes + plain.length));
  inner.set(joined(bound_to(head, context), number_bytes(plain.length), plain));
  const sealed = joined(head, seal_box(inner, key, once));
  inner.fill(0);
  return sealed;
}

export class PrivateKey {
  readonly key: Bytes;
  readonly id: string;
  readonly #scalar: Bytes;

  constructor(scalar: Uint8Array) {
    this.#scalar = new Uint8Array(scalar);
    this.key = public_of(this.#scalar);
    this.id = key_id(this.key);
  }

  wipe(): void {
    this.#scalar.fill(0);
  }

  /// BLAKE2b keyed with the private half: what says that somebody who could open a file wrote it.
  mac(bytes: Uint8Array): Bytes {
    return hash(bytes, 32, this.#scalar);
  }

  open_part(context: string, sealed: Uint8Array): Bytes {
    this.#check_head(sealed, 'part');
    const inner = open_sealed_box(sealed.subarray(head_bytes), this.key, this.#scalar);
    const binding = bound_to(sealed.subarray(0, head_bytes), context);
    if (inner === null || inner.length < inner_head_bytes || !same(inner.subarray(0, 32), binding)) {
      throw new Refused('sealed_otherwise');
    }
    const length = number_at(inner, 32);
    if (length > inner.length - inner_head_bytes || padded(inner_head_bytes + length) !== inner.length) {
      throw new Refused('sealed_otherwise');
    }
    const plain = inner.slice(inner_head_bytes, inner_head_bytes + length);
    inner.fill(0);
    return plain;
  }

  /// The whole of it or nothing: a stream that was cut short is refused.
  open_recording(context: string, sealed: Uint8Array): Bytes {
    this.#check_head(sealed, 'recording');
    const stream = this.#stream_of(sealed);
    const binding = bound_to(sealed.subarray(0, head_bytes), context);
    const pieces: Bytes[] = [];
    let rest = sealed.subarray(opening_bytes);
    for (let tag = 0; tag !== tag_final; ) {
      const frame = first_frame(rest);
      const message = frame === null ? null : stream.pull(frame, binding);
      if (frame === null || message === null) {
        throw new Refused('sealed_otherwise');
      }
      pieces.push(message.plain);
      tag = message.tag;
      rest = rest.subarray(4 + frame.length);
    }
    stream.wipe();
    if (rest.length !== 0) {
      throw new Refused('sealed_otherwise');
    }
    return joined(...pieces);
  }

  #stream_of(sealed: Uint8Array): SecretStream {
    if (sealed.length < opening_bytes) {
      throw new Refused('sealed_otherwise');
    }
    const secret = open_sealed_box(sealed.subarray(head_bytes, head_bytes + box_bytes), this.key, this.#scalar);
    if (secret === null) {
      throw new Refused('sealed_otherwise');
    }
    const stream = new SecretStream(secret, sealed.subarray(head_bytes + box_bytes, opening_bytes));
    secret.fill(0);
    return stream;
  }

  #check_head(sealed: Uint8Array, form: Form): void {
    refuse_locked(sealed);
    if (sealed.length < head_bytes || sealed[0] !== version || sealed[1] !== algorithms[form]) {
      throw new Refused('sealed_otherwise');
    }
    if (to_hex(sealed.subarray(2, head_bytes)) !== this.id) {
      throw new Refused('unknown_key');
    }
  }
}

// Length of the ciphertext (4, big endian), then the ciphertext.
function first_frame(rest: Uint8Array): Uint8Array | null {
  const length = rest.length < 4 ? 0 : number_at(rest, 0);
  const fits = length >= stream_extra && length <= chunk_bytes + stream_extra && length <= rest.length - 4;
  return fits ? rest.subarray(4, 4 + length) : null;
}
