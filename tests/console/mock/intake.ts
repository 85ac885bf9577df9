// What the mock server does of a report that is entered for its worker: the program's questions, and a number, told once.
import type { NewReport } from '../../../gateway/console/web/src/api/client';
import type { Figures, Intake as Form, OwnCall } from '../../../gateway/console/web/src/api/types';
import * as data from './data';
import type { Answer } from './work';

export const worker_code = '428117035966';
const alias = '2Q0-601';

/// Callers whom the reader took: one of them has its report.
export const own_calls: readonly OwnCall[] = [
  { call: '3fa9c2d1', at: Math.floor(Date.now() / 1000) - 1_800, over: false, report: null },
  { call: '11111111', at: Math.floor(Date.now() / 1000) - 9_000, over: true, report: '7K4-921' },
  { call: '77777777', at: Math.floor(Date.now() / 1000) - 5_000, over: true, report: null },
];

const words: Readonly<Record<string, readonly [string, string, string]>> = {
  en: ['Tell us what happened.', 'Where is it?', 'Pay and hours'],
  es: ['Cuéntanos qué pasó.', '¿Dónde es?', 'Pago y horas'],
};

export class Intake {
  readonly entered: NewReport[] = [];
  readonly handed_on: string[] = [];
  came = 0; // so many were sent
  lost = 0; // answers that are lost on their way, though the report is there
  broken = 0; // requests that are lost on their way
  circle = data.keys.circle.public_file;

  form(language: string): Form {
    const [story = '', where = '', pay = ''] = words[language] ?? words['en'] ?? [];
    return {
      language: language === '' ? 'en' : language,
      languages: [
        { tag: 'en', name: 'English' },
        { tag: 'es', name: 'Español' },
      ],
      families: [
        { key: 'wages', words: pay, urgency: 'P3', circle: this.circle },
        { key: 'violence', words: 'Una familia con un nombre bastante largo', urgency: 'P1', circle: this.circle },
      ],
      questions: [
        { name: 'story', words: story, needed: true },
        { name: 'where', words: where, needed: false },
      ],
      calls: own_calls,
      colleagues: ['jean', 'ana'],
    };
  }

  hand_on(call: string, body: string): Answer {
    const { to } = JSON.parse(body) as { to: string };
    if (to === 'ana') {
      return { status: 422, title: 'nobody of the roster who may be asked into this call has this name, or their phone cannot be rung' };
    }
    this.handed_on.push(`${call} ${to}`);
    return { body: { program: data.program, call, to } };
  }

  enter(report: NewReport): Answer {
    ++this.came;
    if (this.broken > 0) {
      --this.broken;
      return { status: 503, title: 'the store does not answer; try again' };
    }
    if (this.entered.some((one) => one.id === report.id)) {
      return { status: 409, title: 'there is such a case already' };
    }
    this.entered.push(report);
    if (this.lost > 0) {
      --this.lost;
      return { status: 503, title: 'the store does not answer; try again' };
    }
    return { body: { program: data.program, id: report.id, alias, urgency: 'P3', code: worker_code } };
  }
}

export const figures: Figures = {
  until: 1_790_812_800, // 2026-10-01
  check_ins: { asked: 45, answered: 30, changed: null },
  statuses: [
    { status: 'received', cases: 40, median_days: 5 },
    { status: 'a_status_with_a_rather_long_name', cases: null, median_days: null },
  ],
};
