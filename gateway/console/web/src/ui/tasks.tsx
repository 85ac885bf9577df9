// What is to be done about a case, by whom and until when. The words are opened and sealed here; the server knows who and when.
//
// Fetched when somebody looks into it, with an open key: whoever reads it stands in the audit.
import { useEffect, useRef, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { Task, WholeCase } from '../api/types';
import { from_base64, to_base64 } from '../crypto/bytes';
import { open_task, seal_task } from '../crypto/key_worker';
import { t, when, word } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { may } from '../state/rights';
import { clean_text } from '../words/folding';
import { Loaded, Words } from './parts';
import { Refusal } from './refusal';
import { refusal_words } from './unlock';

const longest = 1_000; // bytes

function TaskWords(props: { of: WholeCase; task: Task }) {
  const [words, set_words] = useState<string | undefined>(undefined);
  const { of, task } = props;
  const sealed = task.sealed ?? '';
  useEffect(() => {
    let meant = true;
    if (sealed !== '') {
      open_task(of.program, of.id, from_base64(sealed) ?? new Uint8Array()).then(
        (plain) => meant && set_words(plain),
        (error: unknown) => meant && set_words(refusal_words(error)),
      );
    }
    return () => {
      meant = false;
    };
  }, [of.id, sealed]);
  return sealed === '' ? <p>{word('task_', task.kind)}</p> : <Words text={words ?? ''} />;
}

function Item(props: { of: WholeCase; task: Task; changed: () => void }) {
  const { of, task } = props;
  const acting = useActing();
  const key = useRef(fresh_key());
  const finish = async (): Promise<void> => {
    await api.finish_task(of.program, of.id, task.id, key.current);
    props.changed();
  };
  const late = task.done === 0 && task.due * 1000 <= Date.now();
  return (
    <li class="card">
      <TaskWords of={of} task={task} />
      <p class="small" dir="auto">
        {task.person === '' ? t('task_of_holder') : t('task_of', { name: task.person })}
      </p>
      {task.done === 0 ? (
        <p class={late ? 'clock clock-overdue' : 'clock'}>{t('task_due', { when: when(task.due) })}</p>
      ) : (
        <p dir="auto">{t('task_was_done', { name: task.done_by, when: when(task.done) })}</p>
      )}
      <Refusal of={acting.problem} />
      {task.done === 0 && may('work_case') && (
        <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(finish)}>
          {t('task_finish')}
        </button>
      )}
    </li>
  );
}

function NewTask(props: { of: WholeCase; people: readonly string[]; set: () => void }) {
  const { of } = props;
  const acting = useActing();
  const [fault, refuse] = useState('');
  const once = useRef<{ of: string; sealed: string; key: string } | undefined>(undefined);
  const keep = async (form: HTMLFormElement, words: string, due: number, person: string): Promise<void> => {
    const asked = `${words} ${due} ${person}`;
    if (once.current?.of !== asked) {
      const { circle } = await api.case_circle(of.program, of.id);
      once.current = { of: asked, sealed: to_base64(await seal_task(circle, of.program, of.id, words)), key: fresh_key() };
    }
    await api.set_task(of.program, of.id, { sealed: once.current.sealed, due, person }, once.current.key);
    once.current = undefined;
    form.reset();
    props.set();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const words = clean_text(String(given.get('task') ?? '')).trim();
    const due = Math.floor(new Date(String(given.get('due') ?? '')).getTime() / 1000);
    const wrong = words === '' || !Number.isFinite(due) ? t('task_incomplete') : new TextEncoder().encode(words).length > longest ? t('note_long') : '';
    refuse(wrong);
    if (wrong === '') {
      void acting.run(() => keep(form, words, due, String(given.get('person') ?? '')));
    }
  };
  return (
    <form class="box box-team" onSubmit={submit}>
      <label>
        {t('task_words')}
        <textarea name="task" rows={2} dir="auto" autocomplete="off" readOnly={acting.busy} />
      </label>
      <label>
        {t('task_until')}
        <input name="due" type="datetime-local" required />
      </label>
      <label>
        {t('task_by')}
        <select name="person">
          <option value="">{t('task_of_holder')}</option>
          {props.people.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <div role="alert">{fault !== '' && <p class="note note-bad">{fault}</p>}</div>
      <Refusal of={acting.problem} />
      <button type="submit" aria-disabled={acting.busy}>
        {acting.busy ? t('sending') : t('task_set')}
      </button>
    </form>
  );
}

const open_of = (tasks: readonly Task[]): number => tasks.filter((one) => one.done === 0).length;

function Open(props: { of: WholeCase; counted: (open: number) => void }) {
  const { of, counted } = props;
  const all = useFetched(
    async () => ({
      tasks: await api.tasks(of.program, of.id),
      people: may('work_case') ? (await api.choices(of.program, of.id)).people : [],
    }),
    [of.program, of.id],
  );
  useEffect(() => {
    if (all.thing !== undefined) {
      counted(open_of(all.thing.tasks));
    }
  }, [all.thing]);
  return (
    <Loaded of={all}>
      {({ tasks, people }) => (
        <>
          {tasks.length === 0 && <p>{t('no_tasks')}</p>}
          <ul class="cards">
            {[...tasks.filter((one) => one.done === 0), ...tasks.filter((one) => one.done !== 0)].map((one) => (
              <Item key={one.id} of={of} task={one} changed={all.anew} />
            ))}
          </ul>
          {may('work_case') && <NewTask of={of} people={people} set={all.anew} />}
        </>
      )}
    </Loaded>
  );
}

export function Tasks(props: { of: WholeCase }) {
  const [is_open, open] = useState(false);
  const [counted, count] = useState<number | undefined>(undefined); // of those that were looked at
  return (
    <details class="tasks" onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('tasks', { count: counted ?? props.of.tasks_open ?? 0 })}</summary>
      {is_open && <Open of={props.of} counted={count} />}
    </details>
  );
}
