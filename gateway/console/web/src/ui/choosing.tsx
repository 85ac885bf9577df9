// Somebody chosen from a list, and a button that does it.
import { useState } from 'preact/hooks';

import { t } from '../i18n';

interface Choosing {
  readonly from: readonly string[];
  readonly label: string;
  readonly name: string;
  readonly button: string;
  readonly busy: boolean;
  readonly nobody?: boolean;
  readonly chosen: (person: string) => void;
}

export function Choosing(props: Choosing) {
  const [person, choose] = useState<string | undefined>(undefined);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (person !== undefined && !props.busy) {
      props.chosen(person);
      choose(undefined);
    }
  };
  return (
    <form onSubmit={submit}>
      <label>
        {props.label}
        <select name={props.name} value={person ?? '?'} onChange={(event) => choose(event.currentTarget.value)}>
          {person === undefined && <option value="?">{t('choose')}</option>}
          {props.from.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
          {props.nobody === true && <option value="">{t('to_nobody')}</option>}
        </select>
      </label>
      <button type="submit" aria-disabled={props.busy || person === undefined}>
        {props.button}
      </button>
    </form>
  );
}
