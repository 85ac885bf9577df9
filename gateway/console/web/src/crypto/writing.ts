// What the team writes of a case: notes for each other, and replies to its worker (gateway/cases/notes.hpp, reply.hpp).
//
// A reply is sealed twice: to the circle, so that the others read what was said, and to the case's mailbox, which only the
// worker's receipt code opens. A note is bound to another word than a reply and opens nowhere as one.
import { type Bytes, from_utf8, to_hex, to_utf8 } from './bytes';
import { type PrivateKey, seal_part } from './circle';
import { Refused } from './sealed';

export interface Written {
  readonly text: string;
  readonly by: string;
  readonly at: number; // seconds since 1970
  readonly answer?: string; // the key of the ready answer that it is
}

export interface SealedReply {
  readonly id: string;
  readonly for_circle: Bytes;
  readonly for_mailbox: Bytes;
}

const note_context = (program: string, case_id: string): string => `${program}|${case_id}|note`;
const task_context = (program: string, case_id: string): string => `${program}|${case_id}|task`;
const reply_context = (program: string, case_id: string, id: string): string => `${program}|${case_id}|reply|${id}`;

/// Of a reply, or of a case that is entered: 32 hexadecimal characters.
export const fresh_id = (): string => to_hex(crypto.getRandomValues(new Uint8Array(16)));

export const seal_note = (circle: Uint8Array, program: string, case_id: string, note: Written): Bytes =>
  seal_part(circle, note_context(program, case_id), from_utf8(JSON.stringify({ by: note.by, text: note.text, at: note.at })));

/// The worker's copy: own words as they are, or a ready answer with its key, so that it is said in whatever language they come
/// back in (gateway/cases/reply.hpp). No own words begin with this character.
const ready = '\u0001';
const for_worker = (reply: Written): string => (reply.answer === undefined ? reply.text : ready + reply.answer + ready + reply.text);

export function seal_reply(circle: Uint8Array, mailbox: Uint8Array, program: string, case_id: string, reply: Written): SealedReply {
  const id = fresh_id();
  const context = reply_context(program, case_id, id);
  const { text, by, at, answer } = reply;
  const whole = from_utf8(JSON.stringify({ text, by, at, answer })); // what is undefined is left out
  return { id, for_circle: seal_part(circle, context, whole), for_mailbox: seal_part(mailbox, context, from_utf8(for_worker(reply))) };
}

/// What is to be done (gateway/cases/tasks.hpp): words alone; who and when stand beside it.
export const seal_task = (circle: Uint8Array, program: string, case_id: string, words: string): Bytes =>
  seal_part(circle, task_context(program, case_id), from_utf8(words));

export const open_task = (key: PrivateKey, program: string, case_id: string, sealed: Uint8Array): string =>
  to_utf8(key.open_part(task_context(program, case_id), sealed)) ?? '';

function written_in(plain: Bytes): Written {
  let value: unknown = null;
  try {
    value = JSON.parse(to_utf8(plain) ?? '');
  } catch {
    // Sealed by somebody who has the circle's public key and writes another form.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refused('sealed_otherwise');
  }
  const { text, by, at, answer } = value as Record<string, unknown>;
  return {
    text: typeof text === 'string' ? text : '',
    by: typeof by === 'string' ? by : '',
    at: typeof at === 'number' && Number.isSafeInteger(at) ? at : 0,
    ...(typeof answer === 'string' && answer !== '' ? { answer } : {}),
  };
}

export const open_note = (key: PrivateKey, program: string, case_id: string, sealed: Uint8Array): Written =>
  written_in(key.open_part(note_context(program, case_id), sealed));

export const open_reply = (key: PrivateKey, program: string, case_id: string, id: string, sealed: Uint8Array): Written =>
  written_in(key.open_part(reply_context(program, case_id, id), sealed));
