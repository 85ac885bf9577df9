// The worker that holds the keyring: keys live in its memory and end with it. Pages send sealed bytes and get plain ones.
import { Keyring, type Unlocking } from './keyring';
import { wrong_groups } from './recovery_code';
import { Refused } from './sealed';

export type Question =
  | { readonly what: 'unlock'; readonly asked: Unlocking }
  | { readonly what: 'part'; readonly program: string; readonly case_id: string; readonly sealed: Uint8Array }
  | { readonly what: 'recording'; readonly program: string; readonly id: string; readonly sealed: Uint8Array };

const ring = new Keyring();

function answer_to(question: Question): unknown {
  switch (question.what) {
    case 'unlock':
      return ring.unlock(question.asked);
    case 'part':
      return ring.open_part(question.program, question.case_id, question.sealed);
    case 'recording':
      return ring.open_recording(question.program, question.id, question.sealed);
  }
}

function groups_in(question: Question): number[] {
  const by_code = question.what === 'unlock' && question.asked.by === 'recovery';
  return by_code ? (wrong_groups(question.asked.secret) ?? []) : [];
}

self.onmessage = ({ data }: MessageEvent<{ id: number; question: Question }>): void => {
  try {
    self.postMessage({ id: data.id, answer: answer_to(data.question) });
  } catch (error) {
    const why = error instanceof Refused ? error.why : 'sealed_otherwise';
    self.postMessage({ id: data.id, why, groups: groups_in(data.question) });
  }
};
