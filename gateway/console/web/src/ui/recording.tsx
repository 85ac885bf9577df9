// A recording: fetched when asked for (that is noted in the audit), opened here, played from memory, forgotten on leaving.
// Of one that is not here the reason is said without asking.
import { useEffect, useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { WholeCase } from '../api/types';
import { open_recording } from '../crypto/key_worker';
import { length, t, word } from '../i18n';
import { words_for } from './parts';
import { Player, wave_address } from './player';
import { refusal_words } from './unlock';

function why_not(error: unknown): string {
  if (error instanceof Problem) {
    return error.status === 404 ? t('recording_not_here') : words_for(error);
  }
  return refusal_words(error);
}

interface Which {
  readonly of: Pick<WholeCase, 'program' | 'id' | 'recordings'>;
  readonly id: string;
  readonly seconds: number;
  readonly side?: string; // of another organisation, which has a copy
}

/// Why there is nothing to fetch; "" where there is, or a server of before does not tell.
function absence({ of, id }: Which): string {
  if (of.recordings === undefined) {
    return '';
  }
  const found = of.recordings.find((one) => one.id === id);
  if (found === undefined) {
    return t('recording_deleted');
  }
  if (found.state === 'put_aside') {
    return t('recording_put_aside', { why: word('aside_', found.why) });
  }
  return found.state === 'here' ? '' : t(`recording_${found.state}`);
}

export function Recording(props: Which) {
  const { program } = props.of;
  const [source, set_source] = useState('');
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState('');
  useEffect(() => () => URL.revokeObjectURL(source), [source]);
  const absent = absence(props);
  const label = t('recording', { length: length(props.seconds) });
  const listen = async (): Promise<void> => {
    set_busy(true);
    set_problem('');
    try {
      const { of, id, side } = props;
      const sealed = await (side === undefined ? api.recording(program, of.id, id) : api.referred_recording(side, of.id, id));
      set_source(wave_address(await open_recording(program, id, sealed)));
    } catch (error) {
      set_problem(why_not(error));
    }
    set_busy(false);
  };
  return (
    <div class="recording">
      <p>{label}</p>
      {absent !== '' && <p class="note">{absent}</p>}
      {absent === '' && source === '' && (
        <button type="button" aria-disabled={busy} onClick={() => void (busy || listen())}>
          {busy ? t('fetching') : t('listen')}
        </button>
      )}
      {source !== '' && <Player source={source} label={label} />}
      <div role="alert">{problem !== '' && <p class="note note-bad">{problem}</p>}</div>
    </div>
  );
}
