// What a worker tells, written down by somebody of the team: the program's own questions, in the worker's language.
//
// What is typed is kept in memory alone until it is saved. Nobody is asked for a name or a phone number.
import { useState } from 'preact/hooks';

import type { Intake } from '../api/types';
import type { Answer } from '../crypto/case_parts';
import { t, word } from '../i18n';
import { draft, forget, keep_draft } from '../state/drafts';
import { program } from '../state/login';
import { clean_text } from '../words/folding';

const longest = 8_000; // bytes of one answer, as gateway/cases/intake.hpp has it

/// What was written down, before it is sealed.
export interface Told {
  readonly language: string;
  readonly family: string;
  readonly danger: boolean;
  readonly answers: readonly Answer[];
}

const place = 'what a worker tells, ';
const place_of = (question: string): string => `${place}${program.value} ${question}`;
export const forget_drafts = (): void => forget(place);

function Question(props: { of: Intake['questions'][number]; language: string }) {
  const { of } = props;
  const mine = place_of(of.name);
  const [text, write] = useState(draft(mine));
  const typed = (now: string): void => {
    write(now);
    keep_draft(mine, now);
  };
  return (
    <label>
      <span lang={props.language} dir="auto">
        {of.words === '' ? of.name.replaceAll('_', ' ') : of.words}
      </span>{' '}
      <span class="small">{t(of.needed ? 'enter_needed' : 'enter_may_skip')}</span>
      <textarea
        name={`answer-${of.name}`}
        rows={of.needed ? 6 : 2}
        value={text}
        dir="auto"
        autocomplete="off"
        required={of.needed}
        onInput={(event) => typed(event.currentTarget.value)}
      />
    </label>
  );
}

const Family = (props: { of: Intake; chosen: string; choose: (family: string) => void }) => (
  <label>
    {t('enter_about')}
    <select name="family" required value={props.chosen} onChange={(event) => props.choose(event.currentTarget.value)}>
      <option value="">{t('choose')}</option>
      {props.of.families.map((one) => (
        <option key={one.key} value={one.key} lang={props.of.language}>
          {one.words} ({word('urgency_', one.urgency)})
        </option>
      ))}
    </select>
  </label>
);

const Danger = (props: { chosen: boolean | undefined; choose: (danger: boolean) => void }) => (
  <fieldset>
    <legend>{t('enter_danger')}</legend>
    {[false, true].map((one) => (
      <label class="tick" key={String(one)}>
        <input type="radio" name="danger" required checked={props.chosen === one} onChange={() => props.choose(one)} />{' '}
        {t(one ? 'enter_danger_yes' : 'no')}
      </label>
    ))}
  </fieldset>
);

/// What stands in the way of saving it; "": nothing.
function fault_of(told: Told, form: Intake, danger: boolean | undefined): string {
  if (told.family === '' || danger === undefined) {
    return t('enter_incomplete');
  }
  const lacks = form.questions.some((one) => one.needed && !told.answers.some((answer) => answer.name === one.name));
  if (lacks) {
    return t('enter_no_words');
  }
  return told.answers.some((one) => new TextEncoder().encode(one.text).length > longest) ? t('enter_long') : '';
}

function told_in(form: Intake, family: string, danger: boolean | undefined): Told {
  const answers = form.questions.map((one) => ({ name: one.name, text: clean_text(draft(place_of(one.name))).trim() }));
  return { language: form.language, family, danger: danger === true, answers: answers.filter((one) => one.text !== '') };
}

export function ReportForm(props: { of: Intake; busy: boolean; told: (told: Told) => void }) {
  const form = props.of;
  const [family, choose] = useState('');
  const [danger, say_danger] = useState<boolean | undefined>(undefined);
  const [fault, refuse] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const told = told_in(form, family, danger);
    const why = fault_of(told, form, danger);
    refuse(why);
    if (why === '' && !props.busy) {
      props.told(told);
    }
  };
  return (
    <form onSubmit={submit}>
      <Danger chosen={danger} choose={say_danger} />
      <Family of={form} chosen={family} choose={choose} />
      {form.questions.map((one) => (
        <Question key={one.name} of={one} language={form.language} />
      ))}
      <div role="alert">{fault !== '' && <p class="note note-bad">{fault}</p>}</div>
      <button type="submit" class="first" aria-disabled={props.busy}>
        {props.busy ? t('sending') : t('enter_save')}
      </button>
    </form>
  );
}
