// Taking a case out for others: for a purpose that its worker agreed to and for no other, opened and written on this device.
//
// Everything is opened first, then the server is asked, which looks at the consent again and notes purpose, person and hour in
// one commit; only then is there a file. Must never: hand anything to the browser's downloads before the server has said yes.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { Consent, Consents, WholeCase } from '../api/types';
import { whole_case } from '../api/whole_case';
import { from_base64 } from '../crypto/bytes';
import { NotOpened, open_part, open_reply } from '../crypto/key_worker';
import { t, word } from '../i18n';
import { useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { export_text, sharing } from '../words/export_text';
import { Code, Hour, Loaded } from './parts';
import { Refusal } from './refusal';

const bytes_of = (sealed: string): Uint8Array => from_base64(sealed) ?? new Uint8Array();

/// The whole of it; throws when something does not open, and nothing was taken out then.
async function written({ program, id }: WholeCase, purpose: string): Promise<string> {
  const of = await whole_case(program, id); // its worker may have told more since it was looked at
  if (of.parts.length < of.parts_total) {
    throw new NotOpened('sealed_otherwise');
  }
  const parts = await Promise.all(of.parts.map((one) => open_part(program, id, bytes_of(one))));
  const replies = await Promise.all((of.thread ?? []).map((one) => open_reply(program, id, one.id, bytes_of(one.sealed))));
  return export_text({ ...of, purpose, parts, replies, now: Math.floor(Date.now() / 1000) });
}

const blob_of = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));

/// Handed to the browser's downloads at once, and there to be taken again while one stays on the page.
function File(props: { address: string; name: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  const { address } = props;
  useEffect(() => {
    link.current?.click();
    return () => URL.revokeObjectURL(address);
  }, [address]);
  return (
    <div class="note note-good">
      <p>{t('export_done')}</p>
      <p>
        <a ref={link} href={address} download={props.name} {...{ target: '_self' }}>
          {t('export_file')} <Code>{props.name}</Code>
        </a>
      </p>
    </div>
  );
}

const Missing = (props: { purpose: string; said: Consent['answer'] }) => (
  <p class="note note-bad">
    {t(props.said === 'withdrawn' ? 'export_taken_back' : 'export_no_yes')} <strong>{word('consent_', props.purpose)}</strong>
  </p>
);

const Gone = (props: { all: Consents['handed_on'] }) =>
  (props.all ?? []).length === 0 ? null : (
    <>
      <p>{t('export_before')}</p>
      <ul>
        {(props.all ?? []).map((one, i) => (
          <li key={i}>
            {word('consent_', one.purpose)}: <bdi>{one.who}</bdi>, <Hour at={one.hour} />
          </li>
        ))}
      </ul>
    </>
  );

function Choosing(props: { of: WholeCase; consents: Consents; taken: () => void }) {
  const { of, consents } = props;
  const [purpose, choose] = useState('');
  const [file, keep] = useState('');
  const acting = useActing();
  const said = consents.consents.find((one) => one.purpose === purpose)?.answer ?? 'no';
  const may_go = purpose !== '' && said === 'yes';
  const take = async (): Promise<void> => {
    const text = await written(of, purpose);
    await api.take_out(of.program, of.id, purpose);
    keep(blob_of(text));
    props.taken();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (may_go && !acting.busy) {
      keep('');
      void acting.run(take);
    }
  };
  const unheard = acting.problem instanceof Problem && (acting.problem.status === 0 || acting.problem.status >= 500);
  return (
    <form onSubmit={submit}>
      <label>
        {t('export_for')}
        <select name="purpose" value={purpose} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t('choose')}</option>
          {sharing.map((one) => (
            <option key={one} value={one}>
              {word('consent_', one)}
            </option>
          ))}
        </select>
      </label>
      <div role="status">
        {purpose !== '' && !may_go && <Missing purpose={purpose} said={said} />}
        {file !== '' && <File address={file} name={`${of.alias}.txt`} />}
      </div>
      <Refusal of={acting.problem} />
      {acting.problem !== undefined && <p class="note note-bad">{t(unheard ? 'export_unheard' : 'export_nothing')}</p>}
      <button type="submit" aria-disabled={!may_go || acting.busy}>
        {acting.busy ? t('opening') : t('export_it')}
      </button>
    </form>
  );
}

function Open(props: { of: WholeCase }) {
  const { of } = props;
  const consents = useFetched(() => api.consents(of.program, of.id), [of.program, of.id]);
  return (
    <Loaded of={consents}>
      {(all) => (
        <>
          <p>{t('export_explain')}</p>
          <Choosing of={of} consents={all} taken={consents.anew} />
          <Gone all={all.handed_on} />
        </>
      )}
    </Loaded>
  );
}

/// With an open key alone.
export function TakingOut(props: { of: WholeCase }) {
  const [is_open, open] = useState(false);
  return (
    <details class="taking-out" onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('export')}</summary>
      {is_open && <Open of={props.of} />}
    </details>
  );
}
