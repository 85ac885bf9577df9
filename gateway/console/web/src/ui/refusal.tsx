// Why something was not done: the server's reason or the key's, in words.
import { Problem } from '../api/client';
import { ProblemNote } from './parts';
import { refusal_words } from './unlock';

export const Refusal = (props: { of: unknown }) =>
  props.of instanceof Problem ? (
    <ProblemNote problem={props.of} />
  ) : (
    <div role="alert">{props.of !== undefined && <p class="note note-bad">{refusal_words(props.of)}</p>}</div>
  );
