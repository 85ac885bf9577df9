// Today: what nobody has taken, what is late, what is mine, who is on call. Large, because it is read at night.
import { Problem, api } from '../api/client';
import type { Alert, CaseFacts, RosterNow } from '../api/types';
import { t } from '../i18n';
import type { Key } from '../i18n/en';
import { useFetched } from '../state/fetched';
import { program } from '../state/login';
import { may, of_others } from '../state/rights';
import { CaseRow, is_overdue } from '../ui/case_row';
import { Code, Heading, Loaded, Time, UrgencyMark } from '../ui/parts';
import { is_mine, is_new } from './cases';
import Referrals from './referrals';

const shown_here = 8;

interface Standing {
  readonly alerts: readonly Alert[] | undefined;
  readonly cases: readonly CaseFacts[] | undefined;
  readonly roster: RosterNow | undefined;
}

/// A program without a roster, or one whose team nobody has written down yet: that corner stays empty.
async function there<Thing>(asked: Promise<Thing>): Promise<Thing | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

async function standing_of(name: string): Promise<Standing> {
  const [alerts, cases, roster] = await Promise.all([
    may('see_alerts') ? there(api.alerts(name)) : undefined,
    may('see_cases') ? there(api.cases({ program: name, limit: 200 })) : undefined,
    may('see_roster') ? there(api.roster_now(name, 'P1', '')) : undefined,
  ]);
  return { alerts: alerts?.alerts, cases: cases?.cases, roster };
}

const Count = (props: { to: string; name: Key; count: number; bad?: boolean }) => (
  <li>
    <a class={`count ${props.bad === true && props.count > 0 ? 'count-bad' : ''}`} href={props.to}>
      {t(props.name, { count: props.count })}
    </a>
  </li>
);

const Waiting = (props: { alerts: readonly Alert[] }) => (
  <ul class="rows">
    {props.alerts.map((one) => (
      <li key={one.id} class="row row-late">
        <a href="/alerts">
          <span class="row-head">
            <UrgencyMark urgency={one.urgency} /> <Code>{one.alias}</Code>
          </span>
          <Time at={one.raised} />
        </a>
      </li>
    ))}
  </ul>
);

function OnCallNow(props: { roster: RosterNow }) {
  const first = props.roster.steps[0]?.tell ?? [];
  return (
    <p>
      <a href="/on-call">{t('who_is_on_call')}</a>{' '}
      {first.length === 0 && <span>{t('nobody_is_told')}</span>}
      {first.map((one) => (
        <bdi key={one.person} class="name">
          {one.person}
        </bdi>
      ))}
    </p>
  );
}

const Cases = (props: { all: readonly CaseFacts[] }) => {
  const late = props.all.filter(is_overdue);
  const first = [...late, ...props.all.filter((one) => !is_overdue(one))].slice(0, shown_here);
  return (
    <>
      <h2>{t('newest_cases')}</h2>
      {first.length === 0 && <p>{t('nothing_waits')}</p>}
      <ul class="rows">
        {first.map((one) => (
          <CaseRow key={one.id} one={one} />
        ))}
      </ul>
    </>
  );
};

function Whole(props: { of: Standing }) {
  const { alerts, cases, roster } = props.of;
  const open = alerts?.filter((one) => one.taken_by === null);
  return (
    <>
      <ul class="counts">
        {open !== undefined && <Count to="/alerts" name="open_alerts" count={open.length} bad />}
        {cases !== undefined && (
          <>
            {cases.every((one) => one.clocks !== undefined) && (
              <Count to="/cases?view=overdue" name="overdue_cases" count={cases.filter(is_overdue).length} bad />
            )}
            <Count to="/cases?view=new" name="new_cases" count={cases.filter(is_new).length} />
            {cases.every((one) => one.assignee !== undefined) && (
              <Count to="/cases?view=mine" name="my_cases" count={cases.filter(is_mine).length} />
            )}
          </>
        )}
      </ul>
      {open !== undefined && <Waiting alerts={open} />}
      {roster !== undefined && <OnCallNow roster={roster} />}
      {may('enter_report') && (
        <p>
          <a href="/enter">{t('enter_report')}</a>
        </p>
      )}
      {cases !== undefined && <Cases all={cases} />}
      {alerts === undefined && cases === undefined && roster === undefined && <p>{t('not_for_you')}</p>}
    </>
  );
}

function OwnToday() {
  const name = program.value;
  const fetched = useFetched(() => standing_of(name), [name], (news) => news.list || news.alerts);
  return (
    <>
      <Heading>{t('today')}</Heading>
      <Loaded of={fetched}>{(of) => <Whole of={of} />}</Loaded>
    </>
  );
}

/// To another organisation the program is what was passed on to it.
const Today = () => (of_others.value ? <Referrals /> : <OwnToday />);
export default Today;
