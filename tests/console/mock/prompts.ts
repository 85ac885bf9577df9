// What the mock server has of recordings: a few lines in two languages, and what is done with their takes.
import { createHash } from 'node:crypto';

import type { PromptLine, PromptState, Prompts as All, Take } from '../../../gateway/console/web/src/api/types';
import { prompt_states } from '../../../gateway/console/web/src/api/types';
import { wave_of } from '../../../gateway/console/web/src/words/wave';
import * as data from './data';
import type { Answer } from './work';

/// Half a second of a tone.
export const tone = (pitch: number, rate = 8000): Uint8Array<ArrayBuffer> =>
  wave_of(Float32Array.from({ length: rate / 2 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * pitch * i) / rate)), rate);
export const hash_of = (sound: Uint8Array): string => createHash('sha256').update(sound).digest('hex');

const other_take = tone(550);
const take: Take = { state: 'waiting', by: 'mpho', at: '2026-11-22T15:40:00Z', way: 'phone', length_ms: 500, sound: hash_of(other_take), warnings: 'too quiet (-36 LUFS): speak closer to the microphone' };
const line = (name: string, text: string, state: PromptState, more: Partial<PromptLine> = {}): PromptLine => ({
  name,
  text,
  words: hash_of(Buffer.from(text)).slice(0, 16),
  state,
  soon: false,
  length_ms: state === 'recorded' || state === 'draft' ? 2400 : 0,
  ...more,
});

export const waiting_line = 'hotline.main.menu.0';
export const missing_line = 'hotline.left.say.0';

export interface Brought {
  readonly name: string;
  readonly way: string;
  readonly words: string;
  readonly sound: Uint8Array;
}

export class Prompts {
  readonly brought: Brought[] = [];
  readonly judged: string[] = []; // "approve hotline.main.menu.0 <hash>"
  lines: Record<string, readonly PromptLine[]> = {
    en: [line('common.welcome.0', 'Welcome.', 'recorded'), line(waiting_line, 'For your rights, press 1.', 'recorded'), line(missing_line, 'Goodbye.', 'draft')],
    st: [
      line('common.welcome.0', 'Rea o amohela.', 'stale'),
      line(waiting_line, 'Bakeng sa litokelo tsa hau, tobetsa 1.', 'missing', { take, outdated: false }),
      line(missing_line, 'Sala hantle.', 'missing'),
      line('hotline.more.0', 'Find out more.', 'untranslated'),
    ],
  };

  get #matrix(): All {
    const names = new Set(Object.values(this.lines).flatMap((lines) => lines.map(({ name }) => name)));
    const waits = (one: PromptLine): boolean => one.take?.state === 'waiting';
    return {
      languages: Object.entries(this.lines).map(([language, lines]) => {
        const counts = Object.fromEntries(prompt_states.map((state) => [state, lines.filter((one) => one.state === state).length])) as Record<PromptState, number>;
        return { language, lines: lines.length, ...counts, waiting: lines.filter(waits).length };
      }),
      prompts: [...names].map((name) => {
        const cells = Object.entries(this.lines).flatMap(([language, lines]) => {
          const one = lines.find((other) => other.name === name);
          return one === undefined ? [] : [[language, { state: one.state, ...(waits(one) ? { take: 'waiting' as const } : {}) }] as const];
        });
        return { name, cells: Object.fromEntries(cells) };
      }),
    };
  }

  get(language: string, name: string, which: string): Answer | Uint8Array {
    if (language === '') {
      return { body: { program: data.program, ...this.#matrix } };
    }
    const found = this.lines[language]?.find((one) => one.name === name);
    if (name === '') {
      const lines = this.lines[language];
      return lines === undefined ? { status: 404, title: 'there is nothing here' } : { body: { program: data.program, language, lines } };
    }
    if (found === undefined || (which === 'take' && found.take?.state !== 'waiting')) {
      return { status: 404, title: 'there is nothing here' };
    }
    const mine = this.brought.filter((one) => one.name === name).at(-1);
    return which === 'sound' ? tone(330) : (mine?.sound ?? other_take);
  }

  post(language: string, name: string, act: string, query: URLSearchParams, bytes: Uint8Array): Answer {
    const found = this.lines[language]?.find((one) => one.name === name);
    if (found === undefined) {
      return { status: 404, title: 'there is nothing here' };
    }
    if (act === 'take') {
      if (query.get('words') !== found.words) {
        return { status: 409, title: 'the words have changed since it was recorded: it must be recorded again' };
      }
      const way = query.get('way') ?? '';
      this.brought.push({ name, way, words: found.words, sound: bytes });
      this.#change(language, name, { take: { ...take, by: 'maria', way, sound: hash_of(bytes), warnings: '' } });
      return { body: { program: data.program, language, name, length_ms: 500, warnings: [] } };
    }
    const asked = JSON.parse(Buffer.from(bytes).toString()) as { sound: string; why?: string };
    if (asked.sound !== found.take?.sound) {
      return { status: 409, title: 'it was recorded again meanwhile: listen to that one' };
    }
    this.judged.push(`${act} ${name} ${asked.why ?? ''}`.trim());
    const judged: Take = { ...found.take, state: act === 'approve' ? 'approved' : 'rejected', judged_by: 'maria', why: asked.why ?? '' };
    this.#change(language, name, act === 'approve' ? { take: judged, state: 'recorded', soon: true, length_ms: 500 } : { take: judged });
    return { body: { program: data.program, language, name, take: judged } };
  }

  #change(language: string, name: string, by: Partial<PromptLine>): void {
    this.lines = { ...this.lines, [language]: (this.lines[language] ?? []).map((one) => (one.name === name ? { ...one, ...by } : one)) };
  }
}
