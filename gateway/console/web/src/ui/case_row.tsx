// One case in a list: what it is called, how urgent, who has it, what is late.
import type { CaseFacts, Clock } from '../api/types';
import { language_name, t, when, word } from '../i18n';
import { me } from '../state/login';
import { may } from '../state/rights';
import { Code, Hour, UrgencyMark } from './parts';

export const is_overdue = (one: CaseFacts): boolean =>
  (one.tasks_late ?? 0) > 0 || (one.clocks?.some((clock) => clock.state === 'overdue') ?? false);

export function holder_of(one: CaseFacts): string {
  if (one.assignee === undefined) {
    return '';
  }
  if (one.assignee === '') {
    return t('nobody_has_it');
  }
  return one.assignee === me.value?.name ? t('you_have_it') : t('assigned_to', { name: one.assignee });
}

export const category_of = (one: CaseFacts): string =>
  (one.category_name ?? '') === '' ? word('', one.category ?? '') : (one.category_name ?? '');

export function clock_words(clock: Clock): string {
  return clock.state === 'paused' ? t('clock_paused') : t(`clock_${clock.state}`, { when: when(clock.due) });
}

const worst = (clocks: readonly Clock[]): Clock | undefined =>
  clocks.find((clock) => clock.state === 'overdue') ?? clocks.find((clock) => clock.state === 'warned');

export function CaseRow(props: { one: CaseFacts }) {
  const { one } = props;
  const clock = worst(one.clocks ?? []);
  const facts = [language_name(one.language), word('mode_', one.mode), holder_of(one)].filter((fact) => fact !== '');
  return (
    <li class={`row ${is_overdue(one) ? 'row-late' : ''}`}>
      <a {...(may('read_case') ? { href: `/cases/${one.id}` } : {})}>
        <span class="row-head">
          <UrgencyMark urgency={one.urgency} />
          <Code>{one.alias}</Code>
          <span>{(one.category ?? '') === '' ? word('family_', one.family) : category_of(one)}</span>
        </span>
        <span class="row-rest">
          <span class="status">{word('status_', one.status)}</span>
          <span>{facts.join(' · ')}</span>
          <Hour at={one.filed_hour} />
        </span>
        {clock !== undefined && <span class={`clock clock-${clock.state}`}>{clock_words(clock)}</span>}
        {(one.tasks_late ?? 0) > 0 && <span class="clock clock-overdue">{t('tasks_late', { count: one.tasks_late ?? 0 })}</span>}
      </a>
    </li>
  );
}
