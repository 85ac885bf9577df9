// What belongs to a case beside what was told: the reports that it is linked with, and how its worker said they are since.
import type { WholeCase } from '../api/types';
import { t, when } from '../i18n';
import { Links } from './links';

/// Who does not answer is not taken to be well.
const CheckIns = (props: { of: WholeCase }) => (
  <section aria-labelledby="check-ins-title">
    <h2 id="check-ins-title">{t('check_ins')}</h2>
    {(props.of.check_ins_missed ?? 0) > 0 && <p class="clock clock-warned">{t('check_ins_missed', { count: props.of.check_ins_missed ?? 0 })}</p>}
    <ul>
      {(props.of.check_ins ?? []).map((one) => (
        <li key={one.day}>
          {t('check_in_day', { day: one.day, when: when(one.asked) })} {t(one.answer === '' ? 'check_in_waits' : `check_in_${one.answer}`)}
        </li>
      ))}
    </ul>
  </section>
);

export const Related = (props: { of: WholeCase; changed: (of: WholeCase) => void }) => (
  <>
    <Links of={props.of} changed={props.changed} />
    {(props.of.check_ins ?? []).length > 0 && <CheckIns of={props.of} />}
  </>
);
