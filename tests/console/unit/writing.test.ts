// Notes and replies as the console seals them: to the circle that the writer can open, and to the worker's mailbox.
import { describe, expect, it } from 'vitest';

import { PrivateKey, key_id, seal_part } from '../../../gateway/console/web/src/crypto/circle';
import { from_utf8, to_base64, to_utf8 } from '../../../gateway/console/web/src/crypto/bytes';
import { Keyring } from '../../../gateway/console/web/src/crypto/keyring';
import { parse_private_key } from '../../../gateway/console/web/src/crypto/shares';
import { hex, refusal, vectors } from './vectors';

const { private_file, public_file } = vectors<{ private_file: string; public_file: string }>('circle-vectors.json');
const given = vectors<{ program: string; case: string; replies: Sealed[]; notes: Sealed[] }>('writing-vectors.json');

interface Sealed {
  id: string;
  text: string;
  by: string;
  at: number;
  answer?: string;
  sealed: string;
  for_worker?: string; // of a reply: what the mailbox's copy holds
}

const mailbox = new PrivateKey(new Uint8Array(32).fill(9));
const note = { text: 'Call the clinic. “ñ”', by: 'maria', at: 1_763_800_000 };

function opened_ring(): Keyring {
  const ring = new Keyring();
  ring.unlock({ files: [private_file], secret: '', by: 'passphrase' });
  return ring;
}

describe('what C++ sealed', () => {
  it('opens: notes and replies', () => {
    const ring = opened_ring();
    for (const { id: _, sealed, ...words } of given.notes) {
      expect(ring.open_note(given.program, given.case, hex(sealed))).toEqual(words);
    }
    for (const { id, sealed, for_worker: _, ...words } of given.replies) {
      expect(ring.open_reply(given.program, given.case, id, hex(sealed))).toEqual(words);
    }
  });

  it('opens as nothing else, and nowhere else', () => {
    const ring = opened_ring();
    const [first] = given.notes;
    const sealed = hex(first?.sealed ?? '');
    expect(refusal(() => ring.open_part(given.program, given.case, sealed))).toBe('sealed_otherwise');
    expect(refusal(() => ring.open_reply(given.program, given.case, '0'.repeat(32), sealed))).toBe('sealed_otherwise');
    expect(refusal(() => ring.open_note(given.program, 'f'.repeat(32), sealed))).toBe('sealed_otherwise');
    const [reply] = given.replies;
    expect(refusal(() => ring.open_note(given.program, given.case, hex(reply?.sealed ?? '')))).toBe('sealed_otherwise');
  });
});

describe('what the console seals', () => {
  it('opens for the circle as a task, and as nothing else', () => {
    const ring = opened_ring();
    const sealed = ring.seal_task(public_file, 'fair-food', 'a1', 'Ask for the pay slips');
    expect(ring.open_task('fair-food', 'a1', sealed)).toBe('Ask for the pay slips');
    expect(refusal(() => ring.open_note('fair-food', 'a1', sealed))).toBe('sealed_otherwise');
    expect(refusal(() => ring.open_task('fair-food', 'a2', sealed))).toBe('sealed_otherwise');
  });

  it('opens for the circle as a note, and for nobody as a reply', () => {
    const ring = opened_ring();
    const sealed = ring.seal_note(public_file, 'fair-food', 'a1', note);
    expect(ring.open_note('fair-food', 'a1', sealed)).toEqual(note);
    expect(refusal(() => ring.open_reply('fair-food', 'a1', '0'.repeat(32), sealed))).toBe('sealed_otherwise');
  });

  it("is for the worker what C++ seals for them", () => {
    const ring = opened_ring();
    for (const { id: _, sealed: __, for_worker, ...words } of given.replies) {
      const reply = ring.seal_reply(public_file, mailbox.key, 'fair-food', 'a1', words);
      expect(mailbox.open_part(`fair-food|a1|reply|${reply.id}`, reply.for_mailbox)).toEqual(hex(for_worker ?? ''));
    }
    expect(given.replies.some((one) => one.answer !== undefined)).toBe(true);
  });

  it('is a ready answer by its key in both copies, as long as its neighbour', () => {
    const ring = opened_ring();
    const answer = { text: 'Tanpri di nou plis.', by: 'maria', at: 1_763_800_000, answer: 'more' };
    const other = { ...answer, text: 'N ap tann.', answer: 'wait' };
    const reply = ring.seal_reply(public_file, mailbox.key, 'fair-food', 'a1', answer);
    const beside = ring.seal_reply(public_file, mailbox.key, 'fair-food', 'a1', other);
    const own = ring.seal_reply(public_file, mailbox.key, 'fair-food', 'a1', note);
    expect(ring.open_reply('fair-food', 'a1', reply.id, reply.for_circle)).toEqual(answer);
    expect(to_utf8(mailbox.open_part(`fair-food|a1|reply|${reply.id}`, reply.for_mailbox))).toBe('\u0001more\u0001Tanpri di nou plis.');
    for (const one of [beside, own]) {
      expect([one.for_circle.length, one.for_mailbox.length]).toEqual([reply.for_circle.length, reply.for_mailbox.length]);
    }
  });

  it('is a reply twice: whole for the circle, the words alone for the worker', () => {
    const ring = opened_ring();
    const reply = ring.seal_reply(public_file, mailbox.key, 'fair-food', 'a1', note);
    expect(reply.id).toMatch(/^[0-9a-f]{32}$/);
    expect(ring.open_reply('fair-food', 'a1', reply.id, reply.for_circle)).toEqual(note);
    const context = `fair-food|a1|reply|${reply.id}`;
    expect(to_utf8(mailbox.open_part(context, reply.for_mailbox))).toBe(note.text);
    expect(refusal(() => mailbox.open_part('fair-food|a1|note', reply.for_mailbox))).toBe('sealed_otherwise');
    expect(ring.seal_reply(public_file, mailbox.key, 'fair-food', 'a1', note).id).not.toBe(reply.id);
  });

  it('goes to no circle that its writer cannot open, whatever the server names', () => {
    const theirs = new PrivateKey(new Uint8Array(32).fill(7));
    const file = `rightsline-circle-public 1\nname: fair-food\nversion: 1\nid: ${key_id(theirs.key)}\nkey: ${to_base64(theirs.key)}\n`;
    const ring = opened_ring();
    expect(refusal(() => ring.seal_note(file, 'fair-food', 'a1', note))).toBe('unknown_key');
    expect(refusal(() => ring.seal_reply(file, mailbox.key, 'fair-food', 'a1', note))).toBe('unknown_key');
    expect(refusal(() => new Keyring().seal_note(public_file, 'fair-food', 'a1', note))).toBe('unknown_key');
  });

  it('goes to no mailbox that is no sound key', () => {
    const ring = opened_ring();
    for (const key of [new Uint8Array(32), new Uint8Array(31).fill(9), new Uint8Array()]) {
      expect(refusal(() => ring.seal_reply(public_file, key, 'fair-food', 'a1', note))).toBe('bad_key_file');
    }
  });

  it('of another form is refused, whoever sealed it', () => {
    const key = parse_private_key(private_file);
    for (const plain of ['', 'words', '[]', 'null']) {
      const sealed = seal_part(key.key, 'fair-food|a1|note', from_utf8(plain));
      expect(refusal(() => opened_ring().open_note('fair-food', 'a1', sealed))).toBe('sealed_otherwise');
    }
  });
});
