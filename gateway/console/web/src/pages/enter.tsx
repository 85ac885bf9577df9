// A report that a worker tells somebody of the team, face to face or on the phone: written down, sealed here, saved once, and
// answered with a number of the worker's own.
//
// An answer that is lost on its way leaves a doubt, which is told: the very same report is asked for again, under its id, and
// is never there twice. Must never: say "saved" before the server has.
import { signal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';

import { type NewReport, Problem, api } from '../api/client';
import type { Intake } from '../api/types';
import { to_base64 } from '../crypto/bytes';
import { lock, seal_report } from '../crypto/key_worker';
import { clock_time, t } from '../i18n';
import { useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { program, when_closing } from '../state/login';
import { may } from '../state/rights';
import { Entered, entered, show_entered } from '../ui/entered';
import { HandOn } from '../ui/hand_on';
import { Heading, Loaded } from '../ui/parts';
import { Refusal } from '../ui/refusal';
import { ReportForm, type Told, forget_drafts } from '../ui/report_form';

when_closing(lock);

/// What may have happened is not known: the server did not say.
const is_doubt = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || error.status >= 500);
const is_there = (error: unknown): boolean => error instanceof Problem && error.status === 409;

function LanguageOfWorker(props: { of: Intake; busy: boolean; choose: (tag: string) => void }) {
  return (
    <label>
      {t('enter_language')}
      <select name="spoken" value={props.of.language} disabled={props.busy} onChange={(event) => props.choose(event.currentTarget.value)}>
        {props.of.languages.map((one) => (
          <option key={one.tag} value={one.tag} lang={one.tag}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/// In which of the reader's own calls they are told. One that has its report already cannot be picked, and says which that is.
function CallOfWorker(props: { of: Intake; busy: boolean; chosen: string; choose: (call: string) => void }) {
  if (props.of.calls.length === 0) {
    return null;
  }
  return (
    <label>
      {t('enter_call')}
      <select name="call" value={props.chosen} disabled={props.busy} onChange={(event) => props.choose(event.currentTarget.value)}>
        <option value="">{t('enter_no_call')}</option>
        {props.of.calls.map((one) => (
          <option key={one.call} value={one.call} disabled={one.report !== null}>
            {clock_time(one.at)}
            {one.report !== null && ` (${one.report === '' ? t('enter_call_deleted') : one.report})`}
          </option>
        ))}
      </select>
    </label>
  );
}

/// It was saved, and what its worker comes back by went with the lost answer: nobody can show that again.
const WithoutNumber = (props: { id: string; anew: () => void }) => (
  <div class="note note-bad" role="alert">
    <p>{t('enter_without_number')}</p>
    {may('read_case') && (
      <p>
        <a href={`/cases/${props.id}`}>{t('open_case')}</a>
      </p>
    )}
    <button type="button" onClick={props.anew}>
      {t('enter_anew')}
    </button>
  </div>
);

const Doubt = (props: { busy: boolean; again: () => void }) => (
  <div class="note note-bad" role="alert">
    <p>{t('enter_doubt')}</p>
    <button type="button" class="first" aria-disabled={props.busy} onClick={props.again}>
      {props.busy ? t('sending') : t('enter_ask_again')}
    </button>
  </div>
);

/// A report that was sent, and of which nobody heard whether it is there. In memory until one knows, or the login ends.
interface Sent {
  readonly program: string;
  readonly report: NewReport;
  readonly without_number: boolean; // it is there
}
const unheard = signal<Sent | undefined>(undefined);
when_closing(() => (unheard.value = undefined));

async function send(sent: Sent, again: boolean): Promise<void> {
  try {
    const saved = await api.enter(sent.program, sent.report);
    unheard.value = undefined;
    forget_drafts();
    show_entered(saved);
  } catch (error) {
    const there = again && is_there(error);
    if (!there && !is_doubt(error)) {
      unheard.value = undefined;
      throw error;
    }
    unheard.value = { ...sent, without_number: there };
  }
}

async function seal_and_send(name: string, told: Told, call: string): Promise<void> {
  const { families } = await api.intake(name, told.language); // its circle may have another version by now
  const circle = families.find((one) => one.key === told.family)?.circle ?? '';
  const sealed = await seal_report(circle, name, told.answers, Math.floor(Date.now() / 1000));
  const { language, family, danger } = told;
  const report = { id: sealed.id, language, family, danger, parts: sealed.parts.map(to_base64), call };
  await send({ program: name, report, without_number: false }, false);
}

/// That one comes from, or is in, and that has no report yet.
function usual_call({ calls }: Intake, asked: string): string {
  const free = calls.filter((one) => one.report === null);
  return (free.find((one) => one.call === asked) ?? free.find((one) => !one.over))?.call ?? '';
}

function Entering(props: { of: Intake; name: string; asked: string; speak: (tag: string) => void }) {
  const { of, name } = props;
  const acting = useActing();
  const [call, pick] = useState(() => usual_call(of, props.asked));
  const sent = unheard.value?.program === name ? unheard.value : undefined;
  const anew = (): void => {
    pick(''); // its call has its report
    unheard.value = undefined;
  };
  return (
    <>
      <Refusal of={acting.problem} />
      {sent?.without_number === true && <WithoutNumber id={sent.report.id} anew={anew} />}
      {sent?.without_number === false && <Doubt busy={acting.busy} again={() => void acting.run(() => send(sent, true))} />}
      {may('take_alert') &&
        of.calls.filter((one) => !one.over).map((one) => <HandOn key={one.call} program={name} call={one} colleagues={of.colleagues} />)}
      <div hidden={sent !== undefined}>
        <LanguageOfWorker of={of} busy={acting.busy} choose={props.speak} />
        <CallOfWorker of={of} busy={acting.busy} chosen={call} choose={pick} />
        <ReportForm of={of} busy={acting.busy} told={(told) => void acting.run(() => seal_and_send(name, told, call))} />
      </div>
    </>
  );
}

export default function Enter() {
  const name = program.value;
  const [language, speak] = useState('');
  const { call: asked = '' } = useLocation().query;
  const form = useFetched(() => api.intake(name, language), [name, language, asked]);
  const saved = entered.value;
  if (saved !== undefined) {
    return <Entered saved={saved} />;
  }
  return (
    <>
      <Heading>{t('enter_report')}</Heading>
      <p>{t('enter_explain')}</p>
      <Loaded of={form}>{(of) => <Entering key={asked} of={of} name={name} asked={asked} speak={speak} />}</Loaded>
    </>
  );
}
