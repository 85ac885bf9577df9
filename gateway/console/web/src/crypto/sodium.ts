// The pieces of libsodium that the server seals with, over the noble libraries: BLAKE2b, sealed box, XChaCha20-Poly1305.
//
// Must never: be imported by a page; only the keyring's worker holds keys.

import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';

import { type Bytes, joined } from './bytes';

export const sealed_box_extra = 32 + 16;

export function hash(bytes: Uint8Array, size = 32, key?: Uint8Array): Bytes {
  return new Uint8Array(blake2b(bytes, key === undefined ? { dkLen: size } : { dkLen: size, key }));
}

/// Little endian words, as the cores of Salsa and ChaCha take them.
export function words(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

export function bytes_of(numbers: Uint32Array): Bytes {
  const bytes = new Uint8Array(4 * numbers.length);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, i) => view.setUint32(4 * i, number, true));
  return bytes;
}

const expand_32 = words(new TextEncoder().encode('expand 32-byte k'));
export const sigma = (): Uint32Array => expand_32.slice();

export const public_of = (scalar: Uint8Array): Bytes => new Uint8Array(x25519.getPublicKey(scalar));

/// Not of small order: sealed to such a key, a box could be read by anybody.
export function is_sound_key(key: Uint8Array): boolean {
  try {
    x25519.getSharedSecret(x25519.utils.randomSecretKey(), key);
    return true;
  } catch {
    return false;
  }
}

/// crypto_box_beforenm.
function box_key(scalar: Uint8Array, key: Uint8Array): Bytes {
  const shared = x25519.getSharedSecret(scalar, key);
  const derived = new Uint32Array(8);
  hsalsa(sigma(), words(shared), new Uint32Array(4), derived);
  shared.fill(0);
  return bytes_of(derived);
}

/// crypto_box_seal_open; null when it does not open.
export function open_sealed_box(box: Uint8Array, key: Uint8Array, scalar: Uint8Array): Bytes | null {
  if (box.length < sealed_box_extra) {
    return null;
  }
  const once = box.subarray(0, 32);
  try {
    const secret = box_key(scalar, once);
    const plain = xsalsa20poly1305(secret, hash(joined(once, key), 24)).decrypt(box.subarray(32));
    secret.fill(0);
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}

/// crypto_box_seal. `once`: the private half of a pair for this box alone; only vectors name it.
export function seal_box(plain: Uint8Array, key: Uint8Array, once = x25519.utils.randomSecretKey()): Bytes {
  const pub = public_of(once);
  const secret = box_key(once, key);
  const box = xsalsa20poly1305(secret, hash(joined(pub, key), 24)).encrypt(plain);
  secret.fill(0);
  once.fill(0);
  return joined(pub, box);
}

/// XChaCha20-Poly1305 (IETF); null when it does not open.
export function open_aead(key: Uint8Array, nonce: Uint8Array, data: Uint8Array, sealed: Uint8Array): Bytes | null {
  try {
    return new Uint8Array(xchacha20poly1305(key, nonce, data).decrypt(sealed));
  } catch {
    return null;
  }
}
