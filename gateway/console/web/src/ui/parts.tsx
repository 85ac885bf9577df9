// The small pieces that pages are made of. Words of people go in as text, in their own direction, never as HTML.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { Problem } from '../api/client';
import type { Urgency } from '../api/types';
import { clock_time, t, when, when_by_hour, word } from '../i18n';
import type { Fetched } from '../state/fetched';

/// A page's heading takes the focus when the page is entered, so that a screen reader says where one is.
export function Heading(props: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  );
}

/// A case's name, a code, a number: kept in one piece and in its own direction.
export const Code = (props: { children: string }) => <bdi class="code">{props.children}</bdi>;

/// What turns the direction of what follows, or hides: shown as what it is, so that "gnp.exe" cannot pose as "exe.png".
const tricks = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
export const without_tricks = (text: string): string =>
  text.replace(tricks, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

/// Worker's words.
export const Words = (props: { text: string; language?: string }) => (
  <p class="words" dir="auto" lang={props.language === '' ? undefined : props.language}>
    {without_tricks(props.text)}
  </p>
);

const shapes: Record<Urgency, string> = { P1: '▲', P2: '◆', P3: '●' };

/// A word, a shape and a colour: none of them alone.
export const UrgencyMark = (props: { urgency: Urgency }) => (
  <span class={`urgency urgency-${props.urgency}`}>
    <span aria-hidden="true">{shapes[props.urgency] ?? '●'}</span> {word('urgency_', props.urgency)}
  </span>
);

export const Time = (props: { at: number }) => (
  <time dateTime={new Date(props.at * 1000).toISOString()} title={clock_time(props.at)}>
    {when(props.at)}
  </time>
);

/// Of what the server keeps by the hour.
export const Hour = (props: { at: number }) => (
  <time dateTime={new Date(props.at * 1000).toISOString()} title={`${clock_time(props.at)} ${t('only_hour')}`}>
    {when_by_hour(props.at)}
  </time>
);

export function words_for(problem: Problem): string {
  switch (problem.status) {
    case 0:
      return t('problem_no_answer');
    case 404:
      return t('problem_not_there');
    case 503:
      return t('problem_busy');
    default:
      return t('problem_other', { status: problem.status });
  }
}

export const ProblemNote = (props: { problem: Problem; again?: () => void }) => (
  <div class="note note-bad" role="alert">
    <p>{words_for(props.problem)}</p>
    {props.problem.title !== '' && (
      <p class="small" dir="auto">
        {props.problem.title}
      </p>
    )}
    {props.again !== undefined && (
      <button type="button" onClick={props.again}>
        {t('try_again')}
      </button>
    )}
  </div>
);

export const Loading = () => (
  <p role="status" aria-busy="true">
    {t('loading')}
  </p>
);

export function Loaded<Thing>(props: { of: Fetched<Thing>; children: (thing: Thing) => ComponentChildren }) {
  const { thing, problem, old_since, again } = props.of;
  if (problem !== undefined) {
    return <ProblemNote problem={problem} again={again} />;
  }
  if (thing === undefined) {
    return <Loading />;
  }
  return (
    <>
      <div role="status">{old_since !== 0 && <p class="note note-bad">{t('is_old', { when: when(old_since) })}</p>}</div>
      {props.children(thing)}
    </>
  );
}
