// One case: what is known in clear, what was told and written, opened here with the reader's key and kept nowhere, and what
// can be done with it.
//
// What somebody else changes meanwhile is told, and fetched when one asks for it: each reading stands in the audit.
import { useEffect, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { WholeCase } from '../api/types';
import { whole_case } from '../api/whole_case';
import { holdings, is_open, lock, unlocked } from '../crypto/key_worker';
import { clock_time, language_name, t, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { program, when_closing } from '../state/login';
import { when_news } from '../state/news';
import { may } from '../state/rights';
import { CaseLog } from '../ui/case_log';
import { category_of, clock_words, holder_of } from '../ui/case_row';
import { CaseWork } from '../ui/casework';
import { Compose } from '../ui/compose';
import { Consents } from '../ui/consents';
import { Code, Heading, Loaded, ProblemNote, UrgencyMark } from '../ui/parts';
import { Referring } from '../ui/referring';
import { Related } from '../ui/related';
import { TakingOut } from '../ui/taking_out';
import { Tasks } from '../ui/tasks';
import { TimeAhead } from '../ui/time_ahead';
import { Timeline } from '../ui/timeline';
import { Unlock } from '../ui/unlock';

when_closing(lock);

const most_pages = 100;
const none: readonly string[] = [];

function Facts(props: { of: WholeCase }) {
  const one = props.of;
  const holder = holder_of(one);
  return (
    <dl class="facts">
      <dt>{t('status')}</dt>
      <dd>{word('status_', one.status)}</dd>
      {one.family !== '' && <dt>{t('about')}</dt>}
      {one.family !== '' && <dd>{word('family_', one.family)}</dd>}
      {(one.category ?? '') !== '' && <dt>{t('category')}</dt>}
      {(one.category ?? '') !== '' && <dd>{category_of(one)}</dd>}
      <dt>{t('spoken_language')}</dt>
      <dd>{language_name(one.language)}</dd>
      <dt>{t('told_by')}</dt>
      <dd>{word('mode_', one.mode)}</dd>
      <dt>{t('filed_label')}</dt>
      <dd>
        {clock_time(one.filed_hour)} <span class="small">{t('only_hour')}</span>
      </dd>
      {(one.entered_by ?? '') !== '' && <dt>{t('entered_by')}</dt>}
      {(one.entered_by ?? '') !== '' && (
        <dd>
          <bdi>{one.entered_by}</bdi>
          {(one.call_hour ?? 0) !== 0 && `, ${t('told_in_call', { at: clock_time(one.call_hour ?? 0) })}`}
        </dd>
      )}
      {one.held === true && <dt>{t('held')}</dt>}
      {one.held === true && <dd>{t('held_words')}</dd>}
      {holder !== '' && <dt>{t('with_whom')}</dt>}
      {holder !== '' && <dd>{holder}</dd>}
      {(one.clocks ?? []).length > 0 && <dt>{t('clocks')}</dt>}
      {(one.clocks ?? []).map((clock) => (
        <dd key={clock.name}>
          <span class={`clock clock-${clock.state}`}>
            {word('clock_name_', clock.name)}: {clock_words(clock)}
          </span>
        </dd>
      ))}
    </dl>
  );
}

/// The team's notes, where a key is there that opens them: whoever reads them stands in the audit.
async function all_notes(name: string, id: string): Promise<readonly string[]> {
  const all: string[] = [];
  for (let page = 0; page < most_pages; ++page) {
    const { notes, notes_total } = await api.notes(name, id, all.length);
    all.push(...notes);
    if (notes.length === 0 || all.length >= notes_total) {
      break;
    }
  }
  return all;
}

/// Whether a key of its circle is open; nothing: not known yet. A report may be for fewer people than the others of its program.
function useOpens(of: WholeCase): boolean | undefined {
  const circle = (of.circle ?? '') === '' ? of.program : of.circle;
  const found = useFetched(async () => (await holdings()).circles.some((one) => one.name === circle), [circle, unlocked.value]);
  return found.problem === undefined ? found.thing : false;
}

/// Nothing is wrong with it, and with whoever looks at it neither.
const OtherCircle = (props: { of: WholeCase }) => (
  <Unlock
    title={t('other_circle_title')}
    words={t('other_circle_words', { circle: (props.of.circle ?? '') === '' ? props.of.program : (props.of.circle ?? '') })}
  />
);

function Opened(props: { of: WholeCase; looks: number; set: (of: WholeCase) => void }) {
  const opens = useOpens(props.of);
  if (opens === undefined) {
    return null;
  }
  return opens ? <Told {...props} /> : <OtherCircle of={props.of} />;
}

function Told(props: { of: WholeCase; looks: number; set: (of: WholeCase) => void }) {
  const { of, set } = props;
  const notes = useFetched(() => all_notes(of.program, of.id), [of.program, of.id, props.looks]);
  return (
    <>
      {notes.problem !== undefined && <ProblemNote problem={notes.problem} again={notes.again} />}
      <Timeline of={of} notes={notes.problem === undefined ? notes.thing : none} />
      <Tasks of={of} />
      {may('export_case') && <TakingOut of={of} />}
      {may('work_case') && (
        <Compose
          of={of}
          replied={(id, sealed) => set({ ...of, thread: [...(of.thread ?? []), { id, sealed, read_hour: 0 }] })}
          noted={(sealed) => notes.set([...(notes.thing ?? []), sealed])}
        />
      )}
    </>
  );
}

/// Whether somebody else changed it since it was looked at; `seen` when it was looked at again.
function useChanged(id: string): { changed: boolean; looks: number; seen: () => void } {
  const [changed, set_changed] = useState(false);
  const [looks, set_looks] = useState(0);
  useEffect(() => {
    set_changed(false);
    return when_news((news) => set_changed((before) => before || news.everything || news.cases.includes(id)));
  }, [id]);
  const seen = (): void => {
    set_changed(false);
    set_looks((before) => before + 1);
  };
  return { changed, looks, seen };
}

const ChangedNote = (props: { changed: boolean; show: () => void }) => (
  <div role="status">
    {props.changed && (
      <p class="note">
        {t('case_changed')}{' '}
        <button type="button" onClick={props.show}>
          {t('case_show_changes')}
        </button>
      </p>
    )}
  </div>
);

export default function Case(props: { id?: string }) {
  const name = program.value;
  const id = props.id ?? '';
  const fetched = useFetched(() => whole_case(name, id), [name, id]);
  const { changed, looks, seen } = useChanged(id);
  const show = (): void => {
    seen();
    fetched.anew();
  };
  return (
    <>
      <p>
        <a href="/cases">{t('back_to_cases')}</a>
      </p>
      <Loaded of={fetched}>
        {(one) => (
          <>
            <Heading>
              <Code>{one.alias}</Code> <UrgencyMark urgency={one.urgency} />
            </Heading>
            <p class="small">{t('read_is_noted')}</p>
            <ChangedNote changed={changed} show={show} />
            <Facts of={one} />
            <Related of={one} changed={fetched.set} />
            {is_open.value ? <Opened of={one} looks={looks} set={fetched.set} /> : <Unlock />}
            {may('work_case') && <CaseWork of={one} changed={fetched.set} />}
            <Consents of={one} />
            <Referring of={one} />
            <TimeAhead of={one} changed={fetched.set} />
            <CaseLog of={one} />
          </>
        )}
      </Loaded>
    </>
  );
}
