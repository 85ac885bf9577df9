// What C++ sealed to a circle opens in the browser to the same bytes, and a changed byte is refused.
import { describe, expect, it } from 'vitest';

import { from_utf8, joined, to_hex, to_utf8 } from '../../../gateway/console/web/src/crypto/bytes';
import { PrivateKey, key_id, seal_part, sealed_to } from '../../../gateway/console/web/src/crypto/circle';
import { parse_private_key } from '../../../gateway/console/web/src/crypto/shares';
import { hex, refusal, vectors, with_bit } from './vectors';

interface CircleVectors {
  private_file: string;
  parts: { context: string; plain: string; sealed: string }[];
  streams: { context: string; chunks: string[]; sealed: string }[];
}

const given = vectors<CircleVectors>('circle-vectors.json');
const key = parse_private_key(given.private_file);

describe('a part', () => {
  it.each(given.parts.map((part) => [part.context, part] as const))('of %s opens', (_, part) => {
    expect(to_utf8(key.open_part(part.context, hex(part.sealed)))).toBe(part.plain);
    expect(sealed_to(hex(part.sealed), 'part')).toBe(key.id);
  });

  it('is refused with any byte changed', () => {
    const part = given.parts[1];
    const sealed = hex(part?.sealed ?? '');
    for (let at = 0; at < sealed.length; ++at) {
      const why = refusal(() => key.open_part(part?.context ?? '', with_bit(sealed, at)));
      expect(why, `byte ${at}`).toBe(at >= 2 && at < 10 ? 'unknown_key' : 'sealed_otherwise');
    }
  });

  it('is refused cut short, longer, and elsewhere', () => {
    const part = given.parts[1];
    const sealed = hex(part?.sealed ?? '');
    const context = part?.context ?? '';
    for (const size of [0, 1, 9, 10, 57, sealed.length - 1]) {
      expect(refusal(() => key.open_part(context, sealed.subarray(0, size)))).toBe('sealed_otherwise');
    }
    expect(refusal(() => key.open_part(context, joined(sealed, Uint8Array.of(0))))).toBe('sealed_otherwise');
    expect(refusal(() => key.open_part('fair-food|0002|story|1', sealed))).toBe('sealed_otherwise');
  });

  it('sealed here opens here, padded to the same sizes', () => {
    const sizes: [number, number][] = [[0, 256], [220, 256], [221, 1024], [988, 1024], [989, 4096], [4061, 8192]];
    for (const [size, padded] of sizes) {
      const plain = new Uint8Array(size).fill(7);
      const sealed = seal_part(key.key, 'a|b|part', plain);
      expect(sealed.length).toBe(10 + 48 + padded);
      expect(to_hex(key.open_part('a|b|part', sealed))).toBe(to_hex(plain));
    }
  });

  it('for another key is not tried', () => {
    const other = new PrivateKey(new Uint8Array(32).fill(9));
    const sealed = seal_part(other.key, 'a|b|part', from_utf8('x'));
    expect(sealed_to(sealed, 'part')).toBe(key_id(other.key));
    expect(refusal(() => key.open_part('a|b|part', sealed))).toBe('unknown_key');
  });
});

describe('a recording', () => {
  it.each(given.streams.map((one) => [one.context, one] as const))('of %s opens', (_, one) => {
    const plain = key.open_recording(one.context, hex(one.sealed));
    expect(to_utf8(plain)).toBe(one.chunks.join(''));
    expect(sealed_to(hex(one.sealed), 'recording')).toBe(key.id);
  });

  it('is refused with any byte changed', () => {
    for (const one of given.streams) {
      const sealed = hex(one.sealed);
      for (let at = 0; at < sealed.length; ++at) {
        expect(refusal(() => key.open_recording(one.context, with_bit(sealed, at))), `byte ${at}`).not.toBe('opened');
      }
    }
  });

  it('is refused wherever it is cut, with more behind it, and elsewhere', () => {
    for (const one of given.streams) {
      const sealed = hex(one.sealed);
      for (let size = 0; size < sealed.length; ++size) {
        const why = refusal(() => key.open_recording(one.context, sealed.subarray(0, size)));
        expect(why, `${size} bytes`).toBe('sealed_otherwise');
      }
      const longer = joined(sealed, Uint8Array.of(0));
      expect(refusal(() => key.open_recording(one.context, longer))).toBe('sealed_otherwise');
      expect(refusal(() => key.open_recording('fair-food|1|recording', sealed))).toBe('sealed_otherwise');
    }
  });
});
