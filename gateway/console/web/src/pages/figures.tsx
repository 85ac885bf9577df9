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
  <table>
    <caption>{t('figures_statuses')}</caption>
    <thead>
      <tr>
        <th scope="col">{t('status')}</th>
        <th scope="col">{t('figures_cases')}</th>
        <th scope="col">{t('figures_days')}</th>
      </tr>
    </thead>
    <tbody>
      {props.of.map((one) => (
        <tr key={one.status}>
          <th scope="row">{word('status_', one.status)}</th>
          <td>
            <Shown of={one.cases} />
          </td>
          <td>
            <Shown of={one.median_days} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
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
