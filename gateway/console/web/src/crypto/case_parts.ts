// What a sealed part and a recording of a case hold, and what they are bound to (gateway/cases/case_file.hpp).

import { type Bytes, from_utf8, to_utf8 } from './bytes';
import { type PrivateKey, seal_part } from './circle';
import { Refused } from './sealed';

export interface OpenedPart {
  readonly name: string; // the block that asked
  readonly text: string; // words, or "" for a recording
  readonly recording: string; // id of the sealed recording, or ""
  readonly seconds: number;
  readonly at: number; // seconds since 1970
}

/// What somebody wrote down of a worker's words.
export interface Answer {
  readonly name: string; // the block that asks
  readonly text: string;
}

export const part_context = (program: string, case_id: string): string => `${program}|${case_id}|part`;
export const recording_context = (program: string, id: string): string => `${program}|${id}|recording`;

/// One answer of a report that somebody of the team enters for its worker, as a phone's would be sealed. `at`: seconds.
export function seal_answer(circle: Uint8Array, program: string, case_id: string, answer: Answer, at: number): Bytes {
  const whole = { name: answer.name, text: answer.text, recording: '', seconds: 0, at };
  return seal_part(circle, part_context(program, case_id), from_utf8(JSON.stringify(whole)));
}

/// A part as it was told, for somebody else's key.
export const seal_copy = (circle: Uint8Array, program: string, case_id: string, { name, text, recording, seconds, at }: OpenedPart): Bytes =>
  seal_part(circle, part_context(program, case_id), from_utf8(JSON.stringify({ name, text, recording, seconds, at })));

const text_in = (object: Record<string, unknown>, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};
const number_in = (object: Record<string, unknown>, name: string): number => {
  const value = object[name];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;
};

export function open_part(key: PrivateKey, program: string, case_id: string, sealed: Uint8Array): OpenedPart {
  const plain = to_utf8(key.open_part(part_context(program, case_id), sealed));
  let value: unknown = null;
  try {
    value = plain === null ? null : JSON.parse(plain);
  } catch {
    // Sealed by somebody who has the circle's public key and writes another form.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refused('sealed_otherwise');
  }
  const object = value as Record<string, unknown>;
  return {
    name: text_in(object, 'name'),
    text: text_in(object, 'text'),
    recording: text_in(object, 'recording'),
    seconds: number_in(object, 'seconds'),
    at: number_in(object, 'at'),
  };
}
