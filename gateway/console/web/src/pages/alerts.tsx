// The alerts that nobody has taken: who was told, and "I have it", after which nobody else is woken.
import { useEffect, useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { Alert, AlertPage, Told } from '../api/types';
import { t, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { me, program } from '../state/login';
import { may } from '../state/rights';
import { Code, Heading, Loaded, ProblemNote, Time, UrgencyMark } from '../ui/parts';

const ToldLine = (props: { told: Told }) => (
  <li>
    <span dir="auto">
      {t('told_line', {
        name: props.told.person,
        how: word('by_', props.told.by),
        state: word('state_', props.told.delivery === 'none' ? props.told.state : props.told.delivery),
      })}
    </span>{' '}
    <Time at={props.told.at} />
  </li>
);

function Taking(props: { of: Alert; taken: (alert: Alert) => void }) {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState<Problem | undefined>(undefined);
  const take = async (): Promise<void> => {
    set_busy(true);
    set_problem(undefined);
    try {
      props.taken(await api.take(program.value, props.of.id));
    } catch (error) {
      set_problem(error instanceof Problem ? error : new Problem(0, ''));
    }
    set_busy(false);
  };
  return (
    <>
      <button
        type="button"
        class="first"
        aria-disabled={busy}
        aria-describedby="take-explain"
        onClick={() => void (busy || take())}
      >
        {busy ? t('taking') : t('take_alert')} <Code>{props.of.alias}</Code>
      </button>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </>
  );
}

function AlertItem(props: { of: Alert; taken: (alert: Alert) => void }) {
  const { taken_by, told } = props.of;
  return (
    <li class="card">
      <h2>
        <UrgencyMark urgency={props.of.urgency} /> <Code>{props.of.alias}</Code>
      </h2>
      <p>
        <Time at={props.of.raised} />
      </p>
      <div role="status">
        {taken_by !== null && (
          <p class="note note-good">
            {taken_by === me.value?.name ? t('taken_by_you') : t('taken_by', { name: taken_by })}
          </p>
        )}
      </div>
      {taken_by === null && may('take_alert') && <Taking of={props.of} taken={(answer) => props.taken({ ...props.of, ...answer, told })} />}
      {may('read_case') && (
        <p>
          <a href={`/cases/${props.of.id}`}>
            {t('open_case')} <Code>{props.of.alias}</Code>
          </a>
        </p>
      )}
      {told.length > 0 && (
        <details>
          <summary>{t('told_people')}</summary>
          <ul>
            {told.map((one, i) => (
              <ToldLine key={i} told={one} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/// As the server lists them: the most urgent first, of these the oldest.
const in_order = (one: Alert, other: Alert): number => (one.urgency < other.urgency ? -1 : one.urgency > other.urgency ? 1 : one.raised - other.raised);

/// What one took here stays in its place: the server lists it no more, and it is what comes next.
function List(props: { page: AlertPage }) {
  const [taken, set_taken] = useState<readonly Alert[]>([]);
  useEffect(() => set_taken([]), [props.page.program]);
  const open = props.page.alerts.filter((one) => !taken.some((mine) => mine.id === one.id));
  const shown = [...open, ...taken].sort(in_order);
  return (
    <>
      {shown.length === 0 ? <p>{t('no_alerts')}</p> : <p id="take-explain">{t('take_explain')}</p>}
      <ul class="cards">
        {shown.map((one) => (
          <AlertItem key={one.id} of={one} taken={(alert) => set_taken((before) => [...before, alert])} />
        ))}
      </ul>
      {props.page.more && <p>{t('more_alerts')}</p>}
    </>
  );
}

export default function Alerts() {
  const name = program.value;
  const fetched = useFetched(() => api.alerts(name), [name], (news) => news.alerts);
  return (
    <>
      <Heading>{t('alerts')}</Heading>
      <Loaded of={fetched}>{(page) => <List page={page} />}</Loaded>
    </>
  );
}
