// crypto_secretstream_xchacha20poly1305, the pulling half: a stream of messages whose order and end are authentic.
//
// A message is bound to the one before it; FINAL says that nothing follows. A message whose tag says REKEY changes the key,
// as libsodium does; the server writes none.

import { chacha20, hchacha } from '@noble/ciphers/chacha.js';
import { poly1305 } from '@noble/ciphers/_poly1305.js';

import { type Bytes, joined, same } from './bytes';
import { bytes_of, sigma, words } from './sodium';

export const stream_key_bytes = 32;
export const stream_head_bytes = 24;
export const stream_extra = 1 + 16;
export const tag_final = 3;
const tag_rekey = 2;

const block_bytes = 64;

function sizes(data: number, message: number): Bytes {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data, true);
  view.setUint32(8, block_bytes + message, true);
  return bytes;
}

const zeros = (count: number): Bytes => new Uint8Array(count);

export class SecretStream {
  #key: Bytes;
  #nonce: Bytes; // counter (4, little endian) and what the messages so far left behind (8)

  constructor(key: Uint8Array, head: Uint8Array) {
    const derived = new Uint32Array(8);
    hchacha(sigma(), words(key), words(head.subarray(0, 16)), derived);
    this.#key = bytes_of(derived);
    this.#nonce = joined(Uint8Array.of(1, 0, 0, 0), head.subarray(16, 24));
  }

  /// The next message and its tag; null when it is not the next one, or was changed.
  pull(sealed: Uint8Array, data: Uint8Array): { plain: Bytes; tag: number } | null {
    if (sealed.length < stream_extra) {
      return null;
    }
    const cipher = sealed.subarray(1, sealed.length - 16);
    const mac_key = this.#keystream(zeros(32), 0);
    const block = this.#keystream(zeros(block_bytes), 1);
    const tag = (block[0] ?? 0) ^ (sealed[0] ?? 0);
    block[0] = sealed[0] ?? 0;
    const mac = this.#mac(mac_key, block, cipher, data);
    if (!same(mac, sealed.subarray(sealed.length - 16))) {
      return null;
    }
    const plain = this.#keystream(cipher, 2);
    this.#go_on(mac, tag);
    return { plain, tag };
  }

  #keystream(over: Uint8Array, block: number): Bytes {
    return new Uint8Array(chacha20(this.#key, this.#nonce, over, undefined, block));
  }

  // libsodium's padding after the message counts from its own first block, and so do we.
  #mac(key: Uint8Array, block: Uint8Array, cipher: Uint8Array, data: Uint8Array): Bytes {
    const after_data = zeros((16 - (data.length % 16)) % 16);
    const after_cipher = zeros((16 - block_bytes + cipher.length) & 15);
    const all = joined(data, after_data, block, cipher, after_cipher, sizes(data.length, cipher.length));
    return new Uint8Array(poly1305(all, key));
  }

  #go_on(mac: Uint8Array, tag: number): void {
    const view = new DataView(this.#nonce.buffer);
    for (let i = 0; i < 8; ++i) {
      this.#nonce[4 + i] = (this.#nonce[4 + i] ?? 0) ^ (mac[i] ?? 0);
    }
    view.setUint32(0, view.getUint32(0, true) + 1, true);
    if ((tag & tag_rekey) !== 0 || view.getUint32(0, true) === 0) {
      this.#rekey();
    }
  }

  #rekey(): void {
    const fresh = this.#keystream(joined(this.#key, this.#nonce.subarray(4)), 0);
    this.#key = fresh.slice(0, 32);
    this.#nonce = joined(Uint8Array.of(1, 0, 0, 0), fresh.subarray(32, 40));
  }

  wipe(): void {
    this.#key.fill(0);
  }
}
