// One line of the script in one language: its words, what a call plays of it, the take that waits, and a new one.
//
// Whoever approves has fetched the very take that they approve; whoever recorded it is told that somebody else must listen.
import { useEffect, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { PromptLine, Take } from '../api/types';
import { clock_time, length, t, word } from '../i18n';
import { type Acting, useActing } from '../state/acting';
import { me, program } from '../state/login';
import { name_of } from '../words/wave';
import { Words } from './parts';
import { Player, wave_address } from './player';
import { Recorder } from './recorder';
import { Refusal } from './refusal';

interface Heard {
  readonly address: string;
  readonly sound: string; // its hash
}

interface Of {
  readonly language: string;
  readonly line: PromptLine;
  readonly changed: (said: string) => void;
}

const seconds_of = (ms: number): string => length(Math.round(ms / 1000));

function useSound(of: Of, which: 'sound' | 'take', acting: Acting) {
  const [heard, set_heard] = useState<Heard | undefined>(undefined);
  const address = heard?.address ?? '';
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  const fetch = (): Promise<void> =>
    acting.run(async () => {
      const bytes = await api.prompt_sound(program.value, of.language, of.line.name, which);
      set_heard({ address: wave_address(bytes), sound: await name_of(bytes) });
    });
  return { heard, fetch };
}

function Played(props: Of) {
  const { line } = props;
  const acting = useActing();
  const { heard, fetch } = useSound(props, 'sound', acting);
  const there = line.state === 'recorded' || line.state === 'draft';
  return (
    <div>
      <p>
        <strong>{word('prompt_', line.state)}</strong> {there && line.length_ms > 0 && seconds_of(line.length_ms)} <span class="small">{t(`prompt_${line.state}_means`)}</span>
      </p>
      {line.soon && <p class="note note-good">{t('prompt_soon')}</p>}
      {there && heard === undefined && (
        <button type="button" aria-disabled={acting.busy} onClick={() => void fetch()}>
          {t('prompt_hear')}
        </button>
      )}
      {heard !== undefined && <Player source={heard.address} label={t('prompt_played', { name: line.name })} />}
      <Refusal of={acting.problem} />
    </div>
  );
}

function Judging(props: Of & { take: Take }) {
  const { language, line, take } = props;
  const acting = useActing();
  const { heard, fetch } = useSound(props, 'take', acting);
  const own = take.by === me.value?.name;
  const approve = (sound: string): Promise<void> =>
    acting.run(async () => {
      await api.approve(program.value, language, line.name, sound);
      props.changed(t('take_approved'));
    });
  const reject = (event: SubmitEvent, sound: string): void => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget as HTMLFormElement).get('why') ?? '').trim();
    void acting.run(async () => {
      await api.reject(program.value, language, line.name, sound, why);
      props.changed(t('take_rejected'));
    });
  };
  return (
    <>
      {heard === undefined ? (
        <button type="button" class="first" aria-disabled={acting.busy} onClick={() => void fetch()}>
          {t('take_hear')}
        </button>
      ) : (
        <>
          <Player source={heard.address} label={t('take_of', { name: line.name })} />
          {own && <p class="note">{t('take_own')}</p>}
          {line.outdated === true && <p class="note note-bad">{t('take_outdated')}</p>}
          {!own && line.outdated !== true && (
            <p>
              <button type="button" class="first" aria-disabled={acting.busy} onClick={() => void approve(heard.sound)}>
                {t('take_approve')}
              </button>
            </p>
          )}
          <details>
            <summary>{t('take_reject')}</summary>
            <form onSubmit={(event) => reject(event, heard.sound)}>
              <label>
                {t('take_why')}
                <input name="why" maxLength={200} autocomplete="off" required />
              </label>
              <button type="submit" aria-disabled={acting.busy}>
                {t('take_reject_it')}
              </button>
            </form>
          </details>
        </>
      )}
      <Refusal of={acting.problem} />
    </>
  );
}

function Waiting(props: Of & { take: Take }) {
  const { take } = props;
  if (take.state === 'approved') {
    return null;
  }
  if (take.state === 'unreadable') {
    return <p class="note note-bad">{t('take_unreadable')}</p>;
  }
  const at = clock_time(new Date(take.at).getTime() / 1000);
  return (
    <div class="box">
      <p>
        {t('take_by', { name: take.by, at, length: seconds_of(take.length_ms) })} {take.way !== '' && <span class="small">{word('way_', take.way)}</span>}
      </p>
      {take.warnings !== '' && <p class="note note-bad">{t('take_warnings', { what: take.warnings })}</p>}
      {take.state === 'rejected' ? (
        <p class="note" dir="auto">
          {t('take_was_rejected', { name: take.judged_by ?? '', why: take.why ?? '' })}
        </p>
      ) : (
        <Judging {...props} key={take.sound} />
      )}
    </div>
  );
}

export function OneLine(props: Of) {
  const { language, line } = props;
  const acting = useActing();
  const [open, set_open] = useState(false);
  const send = (sound: Uint8Array<ArrayBuffer>, way: 'browser' | 'file'): Promise<void> =>
    acting.run(async () => {
      const kept = await api.record(program.value, language, line, way, sound);
      set_open(false);
      props.changed(kept.warnings.length === 0 ? t('take_kept') : t('take_kept_but', { what: kept.warnings.join('; ') }));
    });
  return (
    <li class="card" id={`line-${line.name}`}>
      <h3>
        <bdi class="line-name">{line.name}</bdi>
      </h3>
      <Words text={line.text} language={language} />
      <Played {...props} />
      {line.take !== undefined && <Waiting {...props} take={line.take} />}
      {line.state !== 'untranslated' && (
        <details open={open} onToggle={(event) => set_open(event.currentTarget.open)}>
          <summary>{t('record_new')}</summary>
          {open && <Recorder line={line} acting={acting} send={send} />}
        </details>
      )}
      <Refusal of={acting.problem} />
    </li>
  );
}
