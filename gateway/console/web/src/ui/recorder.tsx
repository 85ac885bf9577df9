// A new take of one line: from the microphone, or from a file. It is heard here before it is sent, and sent when its reader says so.
//
// The microphone is on from "begin" to "stop" and no longer. Without one, or without leave to use it, the page says why, and a
// file does as well. Must never: send what was not played back, or keep a recording when the page is left.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { PromptLine } from '../api/types';
import { length, t } from '../i18n';
import type { Key } from '../i18n/en';
import type { Acting } from '../state/acting';
import { UnfitSound, longest_seconds, to_wave } from '../words/wave';
import { Player, wave_address } from './player';

export type Way = 'browser' | 'file';
export type Send = (sound: Uint8Array<ArrayBuffer>, way: Way) => Promise<void>;

interface Fresh {
  readonly sound: Uint8Array<ArrayBuffer>;
  readonly way: Way;
  readonly address: string;
}

/// Why nothing can be recorded here, as the browser names it.
function why_silent(error: unknown): Key {
  if (error instanceof UnfitSound) {
    return error.why;
  }
  const name = error instanceof DOMException ? error.name : '';
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'microphone_refused' : 'microphone_none';
}

interface Running {
  readonly recorder: MediaRecorder;
  readonly done: Promise<Blob>;
}

async function begin(): Promise<Running> {
  // Absent in a page that did not come over https.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || typeof MediaRecorder === 'undefined') {
    throw new DOMException('', 'NotFoundError');
  }
  const stream = await devices.getUserMedia({ audio: { channelCount: 1 } });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', (event) => pieces.push(event.data));
  const done = new Promise<Blob>((resolve) => {
    recorder.addEventListener('stop', () => {
      stream.getTracks().forEach((track) => track.stop());
      resolve(new Blob(pieces, { type: recorder.mimeType }));
    });
  });
  recorder.start();
  return { recorder, done };
}

/// The seconds since it began; at the longest it stops by itself.
function Seconds(props: { stop: () => void }) {
  const [seconds, set_seconds] = useState(0);
  const stop = useRef(props.stop);
  stop.current = props.stop;
  useEffect(() => {
    const since = Date.now();
    const timer = setInterval(() => {
      const now = Math.floor((Date.now() - since) / 1000);
      set_seconds(now);
      if (now >= longest_seconds - 1) {
        stop.current();
      }
    }, 250);
    return () => clearInterval(timer);
  }, []);
  return <span>{length(seconds)}</span>;
}

function useMicrophone(take: (sound: Blob) => Promise<void>, fail: (error: unknown) => void) {
  const running = useRef<Running | undefined>(undefined);
  const gone = useRef(false);
  const [on, set_on] = useState(false);
  useEffect(
    () => () => {
      gone.current = true;
      running.current?.recorder.stop();
    },
    [],
  );
  const start = async (): Promise<void> => {
    try {
      const begun = await begin();
      if (gone.current) {
        begun.recorder.stop();
        return;
      }
      running.current = begun;
      set_on(true);
      const sound = await begun.done;
      running.current = undefined;
      if (!gone.current) {
        set_on(false);
        await take(sound);
      }
    } catch (error) {
      set_on(false);
      fail(error);
    }
  };
  return { on, start, stop: () => running.current?.recorder.stop() };
}

export function Recorder(props: { line: PromptLine; acting: Acting; send: Send }) {
  const { line, acting } = props;
  const [fresh, set_fresh] = useState<Fresh | undefined>(undefined);
  const [problem, set_problem] = useState<Key | undefined>(undefined);
  const address = fresh?.address ?? '';
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  const fail = (error: unknown): void => set_problem(why_silent(error));
  const take = async (sound: Blob, way: Way): Promise<void> => {
    set_problem(undefined);
    set_fresh(undefined);
    try {
      const wave = await to_wave(sound);
      set_fresh({ sound: wave, way, address: wave_address(wave) });
    } catch (error) {
      fail(error);
    }
  };
  const microphone = useMicrophone((sound) => take(sound, 'browser'), fail);
  const start = (): void => {
    set_problem(undefined);
    set_fresh(undefined);
    void microphone.start();
  };
  const bring = (event: Event): void => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    void (file !== undefined && take(file, 'file'));
  };
  return (
    <div class="recorder">
      <p>
        {microphone.on ? (
          <button type="button" class="first" onClick={microphone.stop}>
            {t('record_stop')} <Seconds stop={microphone.stop} />
          </button>
        ) : (
          <button type="button" onClick={start}>
            {t(fresh === undefined ? 'record_begin' : 'record_again')}
          </button>
        )}
      </p>
      <div role="alert">{problem !== undefined && <p class="note note-bad">{t(problem, { seconds: longest_seconds })}</p>}</div>
      <label>
        {t('record_file')}
        <input type="file" accept="audio/*" onChange={bring} />
      </label>
      {fresh !== undefined && (
        <div class="note">
          <p>{t('record_listen_first')}</p>
          <Player source={fresh.address} label={t('record_fresh', { name: line.name })} />
          <p>
            <button type="button" class="first" aria-disabled={acting.busy} onClick={() => void props.send(fresh.sound, fresh.way)}>
              {t('record_keep')}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}
