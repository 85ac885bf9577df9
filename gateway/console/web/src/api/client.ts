// Every call that the console makes. Nothing else in it speaks to the server.
//
// A cookie that no script can read says who asks; whatever changes something carries the guard that the login gave.
// Must never: put what was reported, or a key, into a request.

import type {
  Alert, AlertPage, AuditPage, CaseAfter, CasePage, CaseReferrals, Changed, Choices, Consents, Entered, Figures, Intake, LogPage, Mailbox, Me, NotePage, Offered, OwnLogin, Passing, PromptLine, Prompts, ReferredCase, RosterNow, Sites, TakeKept, Task, TimeAhead, Urgency, User,
  UserMade, WholeCase,
} from './types';

/// What the server refused. `status` 0: it did not answer at all.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly retry_after = 0, // seconds
  ) {
    super(title);
    this.name = 'Problem';
  }
}

const guard_header = 'X-CSRF-Token';
const patience_ms = 15_000;

let guard = '';
let when_logged_out: () => void = () => {};

/// Called when the server knows the login no more.
export function on_logged_out(act: () => void): void {
  when_logged_out = act;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

function address(path: string, query: Query = {}): string {
  const named = Object.entries(query).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  const text = new URLSearchParams(named.map(([name, value]) => [name, value === true ? '1' : String(value)])).toString();
  return `/api/v1/${path}${text === '' ? '' : `?${text}`}`;
}

async function problem_of(answer: Response): Promise<Problem> {
  let title = '';
  try {
    const body = (await answer.json()) as { title?: unknown; detail?: unknown };
    title = typeof body.detail === 'string' ? body.detail : typeof body.title === 'string' ? body.title : '';
  } catch {
    // Not ours: a proxy's page, say.
  }
  return new Problem(answer.status, title, Number(answer.headers.get('Retry-After') ?? 0) || 0);
}

let asked_at = 0;

/// Milliseconds since the server was last asked for something: it counts by that whether somebody is still there.
export const silent_for = (now: number): number => now - asked_at;

async function ask(
  method: string, path: string, query?: Query, body?: unknown, key = '', stop = new AbortController(), last_event = '',
): Promise<Response> {
  const keepalive = path === 'logout'; // it goes out although the page is gone
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers[guard_header] = guard;
    headers['Content-Type'] = body instanceof Blob ? body.type : 'application/json';
  }
  if (key !== '') {
    headers['Idempotency-Key'] = key; // asked again it changes nothing; of a case it is told its id alone
  }
  if (last_event !== '') {
    headers['Last-Event-ID'] = last_event;
  }
  asked_at = Date.now();
  const timer = setTimeout(() => stop.abort(), patience_ms);
  let answer: Response;
  try {
    answer = await fetch(address(path, query), {
      method,
      headers,
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      keepalive,
      signal: stop.signal,
    });
  } catch {
    throw new Problem(0, '');
  } finally {
    clearTimeout(timer);
  }
  if (!answer.ok) {
    const problem = await problem_of(answer);
    if (answer.status === 401 && path !== 'login' && path !== 'session') {
      when_logged_out();
    }
    throw problem;
  }
  return answer;
}

async function read<Shape>(method: string, path: string, query?: Query, body?: unknown, key = ''): Promise<Shape> {
  const answer = await ask(method, path, query, body, key);
  try {
    return (await answer.json()) as Shape;
  } catch {
    throw new Problem(0, '');
  }
}

async function who(): Promise<Me> {
  const found = await read<Me>('GET', 'session');
  guard = found.csrf_token;
  return found;
}

export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly code: string;
}

export interface CaseQuery {
  readonly program: string;
  readonly cursor?: string;
  readonly limit?: number;
  readonly status?: string;
  readonly assignee?: string;
  readonly unassigned?: boolean;
  readonly overdue?: boolean;
}

export interface NewReport {
  readonly id: string;
  readonly language: string;
  readonly family: string;
  readonly danger: boolean;
  readonly parts: readonly string[]; // sealed, base64
  readonly call: string; // in which it was told; "": in none
}

/// What changes a case, each an address of its own.
export type CaseAct = 'status' | 'take' | 'hand-over' | 'assign' | 'recuse' | 'exclude' | 'readmit' | 'category' | 'site';

export const api = {
  async log_in(credentials: Credentials): Promise<Me> {
    await ask('POST', 'login', {}, credentials);
    return who();
  },
  who,
  async log_out(): Promise<void> {
    await ask('POST', 'logout', {}, {});
    guard = '';
  },
  async logins(): Promise<readonly OwnLogin[]> {
    return (await read<{ sessions: readonly OwnLogin[] }>('GET', 'sessions')).sessions;
  },
  async end_login(id: string): Promise<void> {
    await ask('DELETE', `sessions/${id}`, {}, {});
  },

  /// What changes, as it comes, behind the event `last`; until `stop`, or the login or the connection ends.
  async events(program: string, last: string, stop: AbortController): Promise<ReadableStream<Uint8Array>> {
    const { body } = await ask('GET', 'events', { program }, undefined, '', stop, last);
    if (body === null) {
      throw new Problem(0, '');
    }
    return body;
  },

  cases: (query: CaseQuery): Promise<CasePage> => read<CasePage>('GET', 'cases', { ...query }),
  case_of: (program: string, id: string, from = 0): Promise<WholeCase> =>
    read<WholeCase>('GET', `cases/${id}`, { program, from }),
  async recording(program: string, case_id: string, id: string): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await ask('GET', `cases/${case_id}/recordings/${id}`, { program });
    return new Uint8Array(await answer.arrayBuffer());
  },

  choices: (program: string, id: string): Promise<Choices> => read<Choices>('GET', `cases/${id}/choices`, { program }),
  /// Of what was done before, how the case stands is read again.
  async act(program: string, id: string, act: CaseAct, body: unknown, key: string): Promise<CaseAfter> {
    const done = await read<Partial<Changed>>('POST', `cases/${id}/${act}`, { program }, body, key);
    if (done.status !== undefined || act === 'recuse') {
      return done as Changed;
    }
    const now = await api.case_of(program, id);
    return { ...now, assignee: now.assignee ?? '' };
  },
  notes: (program: string, id: string, from: number): Promise<NotePage> => read<NotePage>('GET', `cases/${id}/notes`, { program, from }),
  circle: (program: string): Promise<{ circle: string }> => read<{ circle: string }>('GET', 'circle', { program }),
  case_circle: (program: string, id: string): Promise<{ circle: string }> =>
    read<{ circle: string }>('GET', `cases/${id}/circle`, { program }),
  async note(program: string, id: string, sealed: string, key: string): Promise<void> {
    await ask('POST', `cases/${id}/notes`, { program }, { sealed }, key);
  },
  async tasks(program: string, id: string): Promise<readonly Task[]> {
    return (await read<{ tasks: readonly Task[] }>('GET', `cases/${id}/tasks`, { program })).tasks;
  },
  async set_task(program: string, id: string, task: { sealed: string; due: number; person: string }, key: string): Promise<void> {
    await ask('POST', `cases/${id}/tasks`, { program }, task, key);
  },
  async finish_task(program: string, id: string, task: string, key: string): Promise<void> {
    await ask('POST', `cases/${id}/tasks/${task}/done`, { program }, {}, key);
  },
  mailbox: (program: string, id: string): Promise<Mailbox> => read<Mailbox>('GET', `cases/${id}/mailbox`, { program }),
  async reply(program: string, id: string, reply: { id: string; for_circle: string; for_mailbox: string }): Promise<void> {
    await ask('POST', `cases/${id}/replies`, { program }, reply, reply.id);
  },
  async link(program: string, id: string, other: string, together: boolean, key: string): Promise<void> {
    await ask('POST', `cases/${id}/${together ? 'links' : 'unlink'}`, { program }, { with: other }, key);
  },
  intake: (program: string, language: string): Promise<Intake> => read<Intake>('GET', 'intake', { program, language }),
  // No key to repeat it by: its answer holds the worker's code and is kept nowhere. The same id again is refused.
  enter: (program: string, report: NewReport): Promise<Entered> => read<Entered>('POST', 'cases', { program }, report),
  async hand_on(program: string, call: string, to: string, key: string): Promise<void> {
    await ask('POST', `calls/${call}/hand-on`, { program }, { to }, key);
  },
  figures: (program: string): Promise<Figures> => read<Figures>('GET', 'figures', { program }),
  time: (program: string, id: string): Promise<TimeAhead> => read<TimeAhead>('GET', `cases/${id}/time`, { program }),
  hold: (program: string, id: string, on: boolean, key: string): Promise<{ held: boolean }> =>
    read<{ held: boolean }>('POST', `cases/${id}/${on ? 'hold' : 'release'}`, { program }, {}, key),
  /// Noted before it is answered: with a yes its text may leave this device.
  async take_out(program: string, id: string, purpose: string): Promise<void> {
    await ask('POST', `cases/${id}/export`, { program }, { purpose });
  },
  consents: (program: string, id: string): Promise<Consents> => read<Consents>('GET', `cases/${id}/consents`, { program }),
  call_worker: (program: string, id: string, key: string): Promise<{ readonly id: string }> =>
    read<{ readonly id: string }>('POST', `cases/${id}/call`, { program }, {}, key),
  async withdraw(program: string, id: string, purpose: string, key: string): Promise<Consents> {
    const done = await read<Partial<Consents>>('POST', `cases/${id}/consents/withdraw`, { program }, { purpose }, key);
    return done.consents === undefined ? api.consents(program, id) : (done as Consents);
  },
  log: (program: string, id: string, from: string): Promise<LogPage> => read<LogPage>('GET', `cases/${id}/log`, { program, from }),

  async referrals(program: string): Promise<readonly Offered[]> {
    return (await read<{ referrals: readonly Offered[] }>('GET', 'referrals', { program })).referrals;
  },
  referrals_of: (program: string, id: string): Promise<CaseReferrals> => read<CaseReferrals>('GET', `cases/${id}/referrals`, { program }),
  async pass_on(program: string, id: string, passing: Passing, more: boolean, key: string): Promise<void> {
    await ask('POST', `cases/${id}/referrals${more ? '/more' : ''}`, { program }, { ...passing, recordings: [] }, key);
  },
  async take_back(program: string, id: string, to: string, key: string): Promise<void> {
    await ask('POST', `cases/${id}/referrals/take-back`, { program }, { to }, key);
  },
  // Of another organisation: `side` is PROGRAM/ORGANISATION.
  async answer_offer(side: string, id: string, answer: 'accept' | 'decline', reason: string, key: string): Promise<void> {
    await ask('POST', `cases/${id}/referrals/${answer}`, { program: side }, { reason }, key);
  },
  referred: (side: string, id: string, from: number): Promise<ReferredCase> => read<ReferredCase>('GET', `cases/${id}/referred`, { program: side, from }),
  async referred_recording(side: string, case_id: string, id: string): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await ask('GET', `cases/${case_id}/referred/recordings/${id}`, { program: side });
    return new Uint8Array(await answer.arrayBuffer());
  },
  async step_back(side: string, id: string, key: string): Promise<void> {
    await ask('POST', `cases/${id}/recuse`, { program: side }, {}, key);
  },

  sites: (program: string): Promise<Sites> => read<Sites>('GET', 'sites', { program }),
  /// How many cases are back in the pool, for who had them may have them no more.
  async change_sites(program: string, what: '' | '/remove' | '/employer' | '/near', body: unknown, key: string): Promise<number> {
    return (await read<{ cases_released: number }>('POST', `sites${what}`, { program }, body, key)).cases_released;
  },

  prompts: (program: string): Promise<Prompts> => read<Prompts>('GET', 'prompts', { program }),
  async prompt_lines(program: string, language: string): Promise<readonly PromptLine[]> {
    return (await read<{ lines: readonly PromptLine[] }>('GET', `prompts/${language}`, { program })).lines;
  },
  /// What a call plays, or the take that waits.
  async prompt_sound(program: string, language: string, name: string, which: 'sound' | 'take'): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await ask('GET', `prompts/${language}/${name}/${which}`, { program });
    return new Uint8Array(await answer.arrayBuffer());
  },
  record: (program: string, language: string, line: { name: string; words: string }, way: 'browser' | 'file', sound: Uint8Array<ArrayBuffer>): Promise<TakeKept> =>
    read<TakeKept>('POST', `prompts/${language}/${line.name}/take`, { program, words: line.words, way }, new Blob([sound], { type: 'audio/wav' })),
  /// `sound`: which take was heard.
  async approve(program: string, language: string, name: string, sound: string): Promise<void> {
    await ask('POST', `prompts/${language}/${name}/approve`, { program }, { sound });
  },
  async reject(program: string, language: string, name: string, sound: string, why: string): Promise<void> {
    await ask('POST', `prompts/${language}/${name}/reject`, { program }, { sound, why });
  },

  audit: (program: string, since: number, cursor: string): Promise<AuditPage> =>
    read<AuditPage>('GET', 'audit', { program, since: `${since}`, cursor }),
  alerts: (program: string): Promise<AlertPage> => read<AlertPage>('GET', 'alerts', { program }),
  /// Whoever is logged in has it.
  take: (program: string, id: string): Promise<Alert> => read<Alert>('POST', `alerts/${id}/take`, { program }, {}),
  roster_now: (program: string, urgency: Urgency, at: string): Promise<RosterNow> =>
    read<RosterNow>('GET', 'roster/now', { program, urgency, at }),
  async change_password(password: string, code: string, new_password: string): Promise<void> {
    await ask('POST', 'password', {}, { password, code, new_password });
  },
  // No key to repeat these by: their answers hold a secret and are kept nowhere.
  add_user: (program: string, asked: { name: string; roles: readonly string[]; password: string; key: string }): Promise<UserMade> =>
    read<UserMade>('POST', 'users', { program }, asked),
  async disable_user(program: string, name: string): Promise<void> {
    await ask('POST', `users/${name}/disable`, { program }, {});
  },
  async change_roles(program: string, name: string, roles: readonly string[]): Promise<void> {
    await ask('POST', `users/${name}/roles`, { program }, { roles });
  },
  reset_user: (program: string, name: string, password: string): Promise<UserMade> =>
    read<UserMade>('POST', `users/${name}/reset`, { program }, { password }),
  async users(program: string): Promise<readonly User[]> {
    return (await read<{ users: readonly User[] }>('GET', 'users', { program })).users;
  },
};

