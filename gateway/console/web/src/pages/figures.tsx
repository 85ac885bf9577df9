// What happened to all reports together. The server rounds and hides, so that no figure tells of one report; the page shows
// what it is given, with the reason where there is none.
import { api } from '../api/client';
import type { Figure, Figures as All } from '../api/types';
import { clock_date, t, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { program } from '../state/login';
import { Heading, Loaded } from '../ui/parts';

const Shown = (props: { of: Figure }) => (props.of === null ? <span>{t('figure_few')}</span> : <bdi>{props.of}</bdi>);

const CheckIns = (props: { of: All['check_ins'] }) => (
  <section aria-labelledby="check-ins-title">
    <h2 id="check-ins-title">{t('figures_check_ins')}</h2>
    <dl class="facts">
      <dt>{t('figures_asked')}</dt>
      <dd>
        <Shown of={props.of.asked} />
      </dd>
      <dt>{t('figures_answered')}</dt>
      <dd>
        <Shown of={props.of.answered} />
      </dd>
      <dt>{t('figures_changed')}</dt>
      <dd>
        <Shown of={props.of.changed} />
      </dd>
    </dl>
  </section>
);

const Statuses = (props: { of: All['statuses'] }) => (
  <section aria-labelledby="statuses-title">
    <h2 id="statuses-title">{t('figures_statuses')}</h2>
    <ul class="cards">
      {props.of.map((one) => (
        <li key={one.status} class="card">
          <h3>{word('status_', one.status)}</h3>
          <dl class="facts">
            <dt>{t('figures_cases')}</dt>
            <dd>
              <Shown of={one.cases} />
            </dd>
            <dt>{t('figures_days')}</dt>
            <dd>
              <Shown of={one.median_days} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  </section>
);

const Whole = (props: { of: All }) => (
  <>
    <p>{t('figures_until', { when: clock_date(props.of.until) })}</p>
    <p class="note">{t('figure_hidden')}</p>
    <CheckIns of={props.of.check_ins} />
    {props.of.statuses.length === 0 ? <p>{t('figures_none')}</p> : <Statuses of={props.of.statuses} />}
  </>
);

export default function Figures() {
  const name = program.value;
  const fetched = useFetched(() => api.figures(name), [name]);
  return (
    <>
      <Heading>{t('figures')}</Heading>
      <Loaded of={fetched}>{(of) => <Whole of={of} />}</Loaded>
    </>
  );
}
