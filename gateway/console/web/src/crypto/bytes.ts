// Bytes and their spellings. Strict: what is read back differently from how it is written is refused (null).

export type Bytes = Uint8Array<ArrayBuffer>;

const strict_utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const from_utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));

export function to_utf8(bytes: Uint8Array): string | null {
  try {
    return strict_utf8.decode(bytes);
  } catch {
    return null;
  }
}

export function joined(...pieces: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/// In constant time for arrays of one length.
export function same(one: Uint8Array, other: Uint8Array): boolean {
  let different = one.length ^ other.length;
  for (let i = 0; i < one.length; ++i) {
    different |= (one[i] ?? 0) ^ (other[i] ?? 0);
  }
  return different === 0;
}

export const to_hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function from_hex(text: string): Bytes | null {
  if (!/^([0-9a-f]{2})*$/.test(text)) {
    return null;
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function to_base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

export function from_base64(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return to_base64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

/// Four bytes, big endian.
export const number_at = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);

export function number_bytes(number: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}
