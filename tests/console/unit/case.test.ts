// Parts and recordings as a case holds them; and what the console seals is held to bytes that C++ opens too.
import { describe, expect, it } from 'vitest';

import { from_hex, from_utf8, to_base64, to_hex } from '../../../gateway/console/web/src/crypto/bytes';
import { open_part, part_context } from '../../../gateway/console/web/src/crypto/case_parts';
import { PrivateKey, key_id, seal_part } from '../../../gateway/console/web/src/crypto/circle';
import { Keyring } from '../../../gateway/console/web/src/crypto/keyring';
import { parse_private_key } from '../../../gateway/console/web/src/crypto/shares';
import { hex, refusal, vectors, with_bit } from './vectors';

interface CaseVectors {
  program: string;
  case: string;
  parts: { name: string; text: string; recording: string; seconds: number; at: number; sealed: string }[];
  recordings: { id: string; plain: string; sealed: string }[];
}

const { private_file, public_file } = vectors<{ private_file: string; public_file: string }>('circle-vectors.json');
const given = vectors<CaseVectors>('case-vectors.json');

function opened_ring(): Keyring {
  const ring = new Keyring();
  ring.unlock({ files: [private_file], secret: '', by: 'passphrase' });
  return ring;
}

describe('a case', () => {
  it('opens part by part', () => {
    const ring = opened_ring();
    for (const { sealed, ...plain } of given.parts) {
      expect(ring.open_part(given.program, given.case, hex(sealed))).toEqual(plain);
    }
  });

  it('opens its recordings', () => {
    const ring = opened_ring();
    for (const one of given.recordings) {
      expect(to_hex(ring.open_recording(given.program, one.id, hex(one.sealed)))).toBe(one.plain);
    }
  });

  it('takes no part of another case or program, and none that was changed', () => {
    const ring = opened_ring();
    for (const part of given.parts) {
      const sealed = hex(part.sealed);
      const other = given.case.replace('0', 'f');
      expect(refusal(() => ring.open_part(given.program, other, sealed))).toBe('sealed_otherwise');
      expect(refusal(() => ring.open_part('lesotho-gbvh', given.case, sealed))).toBe('sealed_otherwise');
      for (let at = 0; at < sealed.length; at += 13) {
        expect(refusal(() => ring.open_part(given.program, given.case, with_bit(sealed, at)))).not.toBe('opened');
      }
    }
  });

  it('refuses what somebody with the public key alone sealed in another form', () => {
    const key = parse_private_key(private_file);
    for (const plain of ['', 'words', '[]', 'null', '{"text":']) {
      const sealed = seal_part(key.key, part_context(given.program, given.case), from_utf8(plain));
      expect(refusal(() => opened_ring().open_part(given.program, given.case, sealed))).toBe('sealed_otherwise');
    }
    const odd = '{"text":7,"seconds":"9","at":1e300}';
    const sealed = seal_part(key.key, part_context(given.program, given.case), from_utf8(odd));
    const part = opened_ring().open_part(given.program, given.case, sealed);
    expect(part).toEqual({ name: '', text: '', recording: '', seconds: 0, at: 0 });
  });
});

describe('what the console seals', () => {
  const { parts } = vectors<{ parts: { context: string; plain: string; once: string; sealed: string }[] }>(
    'browser-vectors.json',
  );

  it('is to the byte what C++ is shown to open', () => {
    const key = parse_private_key(private_file);
    for (const part of parts) {
      const once = from_hex(part.once) ?? undefined;
      expect(to_hex(seal_part(key.key, part.context, from_utf8(part.plain), once))).toBe(part.sealed);
    }
  });
});

describe('a report that somebody enters', () => {
  const answers = [{ name: 'story', text: 'They keep our papers. “ñ”' }];

  it('opens for the circle, bound to its own case', () => {
    const ring = opened_ring();
    const { id, parts } = ring.seal_report(public_file, 'fair-food', answers, 1_763_800_000);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(parts.map((one) => ring.open_part('fair-food', id, one))).toEqual([{ ...answers[0], recording: '', seconds: 0, at: 1_763_800_000 }]);
    expect(refusal(() => ring.open_part('fair-food', 'f'.repeat(32), parts[0] ?? new Uint8Array()))).toBe('sealed_otherwise');
    expect(ring.seal_report(public_file, 'fair-food', answers, 1).id).not.toBe(id);
  });

  it('is sealed by who has no key, as the line does; and by who has one to their own circle alone', () => {
    const theirs = new PrivateKey(new Uint8Array(32).fill(7));
    const file = `rightsline-circle-public 1\nname: fair-food\nversion: 1\nid: ${key_id(theirs.key)}\nkey: ${to_base64(theirs.key)}\n`;
    const { id, parts } = new Keyring().seal_report(file, 'fair-food', answers, 1);
    expect(open_part(theirs, 'fair-food', id, parts[0] ?? new Uint8Array()).text).toBe(answers[0]?.text);
    expect(refusal(() => opened_ring().seal_report(file, 'fair-food', answers, 1))).toBe('unknown_key');
    expect(refusal(() => new Keyring().seal_report('no file', 'fair-food', answers, 1))).toBe('bad_key_file');
  });

  it('is sealed to a smaller circle by who has no key of that one', () => {
    const theirs = new PrivateKey(new Uint8Array(32).fill(7));
    const file = `rightsline-circle-public 1\nname: packing-shed-assault\nversion: 1\nid: ${key_id(theirs.key)}\nkey: ${to_base64(theirs.key)}\n`;
    const { id, parts } = opened_ring().seal_report(file, 'fair-food', answers, 1);
    expect(open_part(theirs, 'fair-food', id, parts[0] ?? new Uint8Array()).text).toBe(answers[0]?.text);
    expect(refusal(() => opened_ring().open_part('fair-food', id, parts[0] ?? new Uint8Array()))).toBe('unknown_key');
  });

  it('tells what an open keyring opens, and nothing after it is locked', () => {
    const ring = opened_ring();
    const [circle] = ring.holdings().circles;
    expect(ring.holdings()).toEqual({ member: '', fingerprint: '', circles: [{ ...circle, members: [] }] });
    expect(private_file).toContain(`id: ${circle?.id}\n`);
    ring.lock();
    expect(ring.holdings()).toEqual({ member: '', fingerprint: '', circles: [] });
  });
});
