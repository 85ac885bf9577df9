// The words of the console in the reader's language. English is there at once; the others are fetched when asked for.
import { signal } from '@preact/signals';

import { type Catalogue, type Key, en } from './en';

export type Language = 'en' | 'es' | 'pseudo';
export const languages: readonly Language[] = ['en', 'es'];

const loaders: Record<Language, () => Promise<Catalogue>> = {
  en: async () => en,
  es: async () => (await import('./es')).es,
  pseudo: async () => (await import('./pseudo')).pseudo,
};

export const language = signal<Language>('en');
const catalogue = signal<Catalogue>(en);

/// For Intl: how numbers and times are written.
const tag = (): string => (language.value === 'pseudo' ? 'he' : language.value);

export function usual_language(): Language {
  const asked = new URLSearchParams(location.search).get('language');
  const wanted = asked === null ? navigator.languages : [asked];
  for (const one of wanted) {
    const found = (Object.keys(loaders) as Language[]).find((known) => one.split('-')[0] === known);
    if (found !== undefined) {
      return found;
    }
  }
  return 'en';
}

export async function speak(wanted: Language): Promise<void> {
  const words = await loaders[wanted]();
  catalogue.value = words;
  language.value = wanted;
  document.documentElement.lang = wanted === 'pseudo' ? 'he' : wanted;
  document.documentElement.dir = wanted === 'pseudo' ? 'rtl' : 'ltr';
  document.title = words.app_name;
}

export type Values = Readonly<Record<string, string | number>>;

/// Names may come from elsewhere: they are set apart, so that no direction of theirs reaches the sentence.
const apart = (value: string | number): string => (typeof value === 'number' ? `${value}` : `\u2068${value}\u2069`);

export function t(key: Key, values: Values = {}): string {
  const forms = catalogue.value[key].split('|');
  const count = values['count'];
  const is_one = typeof count === 'number' && new Intl.PluralRules(tag()).select(count) === 'one';
  const form = (forms.length > 1 && !is_one ? forms[1] : forms[0]) ?? '';
  return form.replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : apart(value);
  });
}

/// A word of the server's (a status, a way to tell somebody): ours where the catalogue has it, else as it stands.
export function word(prefix: string, name: string): string {
  const key = `${prefix}${name.replaceAll('-', '_')}`;
  return key in en ? t(key as Key) : name.replaceAll(/[_-]/g, ' ');
}

export function language_name(code: string): string {
  try {
    return new Intl.DisplayNames([tag()], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export const clock_time = (seconds: number): string =>
  new Intl.DateTimeFormat(tag(), { dateStyle: 'medium', timeStyle: 'short' }).format(seconds * 1000);

/// Of what begins with a day, by the calendar of UTC.
export const clock_date = (seconds: number): string =>
  new Intl.DateTimeFormat(tag(), { dateStyle: 'long', timeZone: 'UTC' }).format(seconds * 1000);

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/// "3 hours ago", "in 2 days".
export function when(seconds: number, now = Date.now() / 1000): string {
  const apart_by = seconds - now;
  const [unit, size] = steps.find(([, one]) => Math.abs(apart_by) >= one) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' }).format(Math.round(apart_by / size), unit);
}

/// "this hour", "3 hours ago": of what is kept by the hour, no more than that is known.
export function when_by_hour(hour: number, now = Date.now() / 1000): string {
  const hours = Math.floor(hour / 3_600) - Math.floor(now / 3_600);
  const [unit, size] = Math.abs(hours) < 24 ? (['hour', 1] as const) : (['day', 24] as const);
  return new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' }).format(Math.round(hours / size), unit);
}

/// "41 sec", "10 min", "2 hr": one or two units.
export function length(seconds: number): string {
  const write = (value: number, unit: string): string =>
    new Intl.NumberFormat(tag(), { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (seconds < 60) {
    return write(seconds, 'second');
  }
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes >= 60 && minutes % 60 === 0) {
    return write(minutes / 60, 'hour');
  }
  return rest === 0 ? write(minutes, 'minute') : `${write(minutes, 'minute')} ${write(rest, 'second')}`;
}
