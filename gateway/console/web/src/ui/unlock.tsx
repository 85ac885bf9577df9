// Opening one's key: two files that stay on this device, and a passphrase that is never sent.
import { useState } from 'preact/hooks';

import { NotOpened, unlock } from '../crypto/key_worker';
import type { LockedBy } from '../crypto/member';
import type { Refusal } from '../crypto/sealed';
import { t } from '../i18n';
import { LostKey } from './lost_key';

const most_bytes = 64 * 1024; // of a key file; a larger one is none

export function refusal_words(error: unknown): string {
  const why: Refusal = error instanceof NotOpened ? error.why : 'sealed_otherwise';
  const groups = error instanceof NotOpened ? error.groups : [];
  return groups.length > 0 ? t('refused_groups', { groups: groups.join(', ') }) : t(`refused_${why}`);
}

async function texts_of(files: FileList | null): Promise<string[]> {
  const small = Array.from(files ?? []).filter((file) => file.size <= most_bytes);
  return Promise.all(small.map((file) => file.text()));
}

function FileChoice() {
  const [count, set_count] = useState(0);
  return (
    <>
      <label>
        {t('key_files')}
        <input
          name="files"
          type="file"
          multiple
          required
          aria-describedby="files-hint"
          onChange={(event) => set_count(event.currentTarget.files?.length ?? 0)}
        />
      </label>
      <p id="files-hint" class="small">
        {count === 0 ? t('key_files_hint') : t('chosen_files', { count })}
      </p>
    </>
  );
}

function SecretField(props: { by: LockedBy; swap: () => void }) {
  const by_code = props.by === 'recovery';
  return (
    <>
      <label>
        {by_code ? t('recovery_code') : t('passphrase')}
        <input
          key={props.by}
          name="secret"
          type={(by_code ? 'text' : 'password') as 'text'}
          inputMode={by_code ? 'numeric' : 'text'}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <button type="button" class="plain" onClick={props.swap}>
        {by_code ? t('use_passphrase') : t('use_recovery_code')}
      </button>
    </>
  );
}

export function Unlock(props: { title?: string; words?: string; button?: string }) {
  const [by, set_by] = useState<LockedBy>('passphrase');
  const [busy, set_busy] = useState(false);
  const [refused, refuse] = useState('');
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    const form = event.currentTarget as HTMLFormElement;
    const chosen = form.elements.namedItem('files') as HTMLInputElement;
    const secret = form.elements.namedItem('secret') as HTMLInputElement;
    set_busy(true);
    refuse('');
    try {
      await unlock({ files: await texts_of(chosen.files), secret: secret.value, by });
    } catch (error) {
      refuse(refusal_words(error));
    }
    set_busy(false); // it may have opened another circle's than the one that is wanted here
  };
  return (
    <section class="sealed" aria-labelledby="sealed-title">
      <h2 id="sealed-title">{props.title ?? t('sealed_title')}</h2>
      <p>{props.words ?? t('sealed_words')}</p>
      <form onSubmit={(event) => void submit(event)}>
        <div role="alert">{refused !== '' && <p class="note note-bad">{refused}</p>}</div>
        <FileChoice />
        <SecretField by={by} swap={() => set_by(by === 'recovery' ? 'passphrase' : 'recovery')} />
        <button type="submit" class="first" aria-disabled={busy}>
          {props.button ?? t('open_report')}
        </button>
        <p role="status" class="small">
          {busy && t('opening')}
        </p>
      </form>
      <LostKey />
    </section>
  );
}
