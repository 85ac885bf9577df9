// The list of cases, the most urgent first: all, new, mine, those nobody has, those that are late.
//
// A view is asked of the server, which looks through many and sends the few; and looked at again here, for a server that
// does not know the question yet.
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';

import { type CaseQuery, api } from '../api/client';
import type { CaseFacts, CasePage } from '../api/types';
import { t } from '../i18n';
import type { Key } from '../i18n/en';
import { useFetched } from '../state/fetched';
import { me, program } from '../state/login';
import { may } from '../state/rights';
import { CaseRow, is_overdue } from '../ui/case_row';
import { Heading, Loaded } from '../ui/parts';
import { spoken } from '../words/spoken';

const page_size = 50;
const look_through = 1000;

type Asked = Omit<CaseQuery, 'program' | 'cursor' | 'limit'>;

interface View {
  readonly name: Key;
  readonly has: (one: CaseFacts) => boolean;
  readonly asked: () => Asked;
}

export const is_new = (one: CaseFacts): boolean => one.status === 'received';
export const is_mine = (one: CaseFacts): boolean => one.assignee !== undefined && one.assignee === me.value?.name;

const all: View = { name: 'view_all', has: () => true, asked: () => ({}) };
const views: readonly View[] = [
  all,
  { name: 'view_new', has: is_new, asked: () => ({ status: 'received' }) },
  { name: 'view_mine', has: is_mine, asked: () => ({ assignee: me.value?.name ?? '' }) },
  { name: 'view_unassigned', has: (one) => one.assignee === '', asked: () => ({ unassigned: true }) },
  { name: 'view_overdue', has: is_overdue, asked: () => ({ overdue: true }) },
];

/// /cases?view=overdue
const view_named = (name: string): View => views.find((view) => view.name === `view_${name}`) ?? all;

/// Who has a case and what is late: a server that does not say so is not asked for it.
const offered = (cases: readonly CaseFacts[]): readonly View[] =>
  cases.every((one) => one.assignee !== undefined && one.clocks !== undefined) ? views : views.slice(0, 2);

const Chooser = (props: { from: readonly View[]; chosen: View; choose: (view: View) => void }) => (
  <div class="views" role="group" aria-label={t('views')}>
    {props.from.map((view) => (
      <button type="button" key={view.name} aria-pressed={view === props.chosen} onClick={() => props.choose(view)}>
        {t(view.name)}
      </button>
    ))}
  </div>
);

interface Listed {
  readonly cases: readonly CaseFacts[];
  readonly next: string; // "" = that is all
}

async function one_more(name: string, view: View, before?: Listed): Promise<Listed> {
  const limit = view === all ? page_size : look_through;
  const asked = { program: name, limit, cursor: before?.next ?? '', ...view.asked() };
  const page: CasePage = await api.cases(asked);
  const known = new Set(before?.cases.map((one) => one.id));
  const fresh = page.cases.filter((one) => view.has(one) && !known.has(one.id));
  return { cases: [...(before?.cases ?? []), ...fresh], next: page.next ?? '' };
}

/// The first page, and as many more as it takes to show as many as were shown.
async function listed(name: string, view: View, wanted: number): Promise<Listed> {
  let found = await one_more(name, view);
  while (found.next !== '' && found.cases.length < wanted) {
    found = await one_more(name, view, found);
  }
  return found;
}

function List(props: { all: Listed; more: () => void }) {
  const [typed, type] = useState('');
  const { cases, next } = props.all;
  const shown = cases.filter((one) => spoken(one.alias).includes(spoken(typed)));
  const there = next === '' ? cases.length : `${cases.length}+`; // nobody is told how many there are that they may not see
  return (
    <>
      <label>
        {t('find_case')}
        <input type="search" value={typed} onInput={(event) => type(event.currentTarget.value)} autocomplete="off" />
      </label>
      <p role="status" class="small">
        {shown.length === 0 ? t('no_cases') : t('showing', { shown: shown.length, total: there })}
      </p>
      <ul class="rows">
        {shown.map((one) => (
          <CaseRow key={one.id} one={one} />
        ))}
      </ul>
      {next !== '' && (
        <button type="button" onClick={props.more}>
          {t('more')}
        </button>
      )}
    </>
  );
}

export default function Cases() {
  const name = program.value;
  const { query } = useLocation();
  const [view, choose] = useState<View>(() => view_named(query['view'] ?? ''));
  const wanted = useRef(0); // how many were shown
  const fetched = useFetched(() => listed(name, view, wanted.current), [name, view], (news) => news.list);
  const more = (before: Listed): void => {
    const show = (found: Listed): void => {
      wanted.current = found.cases.length;
      fetched.set(found);
    };
    one_more(name, view, before).then(show, () => fetched.again());
  };
  const turn_to = (other: View): void => {
    wanted.current = 0;
    choose(other);
  };
  return (
    <>
      <Heading>{t('cases')}</Heading>
      {may('enter_report') && (
        <p>
          <a href="/enter">{t('enter_report')}</a>
        </p>
      )}
      <Chooser from={offered(fetched.thing?.cases ?? [])} chosen={view} choose={turn_to} />
      <Loaded of={fetched}>
        {(found) => <List all={found} more={() => more(found)} />}
      </Loaded>
    </>
  );
}
