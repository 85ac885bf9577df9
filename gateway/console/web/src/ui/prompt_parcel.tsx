// Recordings to another installation and from one, as one file of a language.
//
// What comes in waits for somebody to listen, as everything does; a sound whose words are others here is left out.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { PromptLine } from '../api/types';
import { language_name, t } from '../i18n';
import { type Acting, useActing } from '../state/acting';
import { program } from '../state/login';
import { type ParcelLine, type ParcelSound, parcel_of, sounds_in } from '../words/parcel';
import { Code, words_for } from './parts';
import { Refusal } from './refusal';

interface Of {
  readonly language: string;
  readonly lines: readonly PromptLine[];
  readonly changed: (said: string) => void;
}

/// Handed to the browser's downloads at once, and there to be taken again while one stays on the page.
function File(props: { address: string; name: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  const { address } = props;
  useEffect(() => {
    link.current?.click();
    return () => URL.revokeObjectURL(address);
  }, [address]);
  return (
    <p class="note note-good">
      <a ref={link} href={address} download={props.name} {...{ target: '_self' }}>
        {t('parcel_file')} <Code>{props.name}</Code>
      </a>
    </p>
  );
}

function Sending(props: Of & { acting: Acting; say: (words: string) => void }) {
  const { language, lines, acting, say } = props;
  const [address, set_address] = useState('');
  const recorded = lines.filter((one) => one.state === 'recorded');
  const make = (): Promise<void> =>
    acting.run(async () => {
      const packed: ParcelLine[] = [];
      for (const line of recorded) {
        say(t('parcel_packing', { count: packed.length, all: recorded.length }));
        packed.push({ ...line, sound: await api.prompt_sound(program.value, language, line.name, 'sound') });
      }
      set_address(URL.createObjectURL(new Blob([parcel_of(language, packed)], { type: 'application/x-tar' })));
      say(t('parcel_packed', { count: packed.length }));
    });
  return (
    <>
      <p>{t('parcel_out_explain')}</p>
      <button type="button" aria-disabled={acting.busy || recorded.length === 0} onClick={() => void (recorded.length > 0 && make())}>
        {t('parcel_out', { count: recorded.length })}
      </button>
      {address !== '' && <File address={address} name={`${program.value}-${language}.tar`} />}
    </>
  );
}

/// Why one was not taken; undefined: it was.
async function bring(language: string, lines: readonly PromptLine[], one: ParcelSound): Promise<string | undefined> {
  const line = lines.find(({ name }) => name === one.name);
  if (line === undefined) {
    return t('parcel_no_line');
  }
  if (line.state === 'untranslated') {
    return t('prompt_untranslated_means');
  }
  if (one.words !== '' && one.words !== line.words) {
    return t('parcel_other_words');
  }
  try {
    await api.record(program.value, language, line, 'file', one.sound);
    return undefined;
  } catch (error) {
    if (error instanceof Problem && (error.status === 409 || error.status === 422)) {
      return error.title; // of this one alone
    }
    throw error;
  }
}

function Bringing(props: Of & { acting: Acting; say: (words: string) => void }) {
  const { language, lines, acting, say } = props;
  const [refused, set_refused] = useState<readonly string[]>([]);
  const [not_one, set_not_one] = useState(false);
  const open = async (file: Blob): Promise<void> => {
    set_refused([]);
    const sounds = sounds_in(new Uint8Array(await file.arrayBuffer()), language);
    set_not_one(sounds === undefined || sounds.length === 0);
    const why: string[] = [];
    let kept = 0;
    for (const one of sounds ?? []) {
      say(t('parcel_bringing', { count: kept, all: sounds?.length ?? 0 }));
      const not_taken = await bring(language, lines, one);
      not_taken === undefined ? ++kept : why.push(`${one.name}: ${not_taken}`);
    }
    set_refused(why);
    say('');
    props.changed(t('parcel_brought', { count: kept }));
  };
  const choose = (event: Event): void => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    void (file !== undefined && acting.run(() => open(file)));
  };
  return (
    <>
      <label>
        {t('parcel_in', { language: language_name(language) })}
        <input type="file" accept=".tar,application/x-tar" aria-describedby="parcel-hint" onChange={choose} />
      </label>
      <p id="parcel-hint" class="small">
        {t('parcel_in_explain')}
      </p>
      <div role="alert">{not_one && <p class="note note-bad">{t('parcel_none')}</p>}</div>
      {refused.length > 0 && (
        <ul class="note note-bad">
          {refused.map((one) => (
            <li key={one} dir="auto">
              {one}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function Parcel(props: Of) {
  const acting = useActing();
  const [said, say] = useState('');
  return (
    <details>
      <summary>{t('parcel', { language: language_name(props.language) })}</summary>
      <Sending {...props} acting={acting} say={say} />
      <Bringing {...props} acting={acting} say={say} />
      <p role="status">{said}</p>
      {acting.problem instanceof Problem ? <p class="note note-bad">{words_for(acting.problem)}</p> : <Refusal of={acting.problem} />}
    </details>
  );
}
