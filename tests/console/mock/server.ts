// A server that speaks as the console's API does, from the types that the console reads it with, and serves the built
// console under the headers that the real one sends.
import { existsSync, readFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { NewReport } from '../../../gateway/console/web/src/api/client';
import type { Alert, AlertPage, CaseFacts, CasePage, Me, OwnLogin, Urgency, User, WholeCase } from '../../../gateway/console/web/src/api/types';
import { audit } from './audit';
import * as data from './data';
import { Intake, figures } from './intake';
import { Others, side } from './others';
import { Prompts } from './prompts';
import { type Answer, Work } from './work';

const dist = fileURLToPath(new URL('../../../build/web/dist/', import.meta.url));
const token = 'c0ffee';
const cookie = 'mock=1';
const part_page = 64;

/// The very headers of the server, from its source.
export function security_headers(): [string, string][] {
  const source = readFileSync(new URL('../../../gateway/console/security_headers.hpp', import.meta.url), 'utf8');
  const rows = source.matchAll(/\{"([A-Za-z-]+)",\s*((?:"[^"]*"\s*)+)\}/g);
  return Array.from(rows, ([, name, value]) => [name ?? '', (value ?? '').replace(/"\s*"/g, '').replace(/^"|"\s*$/g, '')]);
}

interface Said {
  readonly method: string;
  readonly path: string;
  readonly guarded: boolean;
}

const types: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };

export class Mock {
  readonly said: Said[] = [];
  logged_in = false;
  silent = false; // the store behind it
  wait_seconds = 0;
  tells_news = true; // no: it has no room for one more listener
  tells_work = true; // who has a case, and its clocks
  roles: readonly string[] = ['monitor', 'admin'];
  alerts: Alert[] = data.alerts();
  logins: OwnLogin[] = data.logins();
  users: readonly User[] = data.users;
  readonly passwords: string[] = []; // first ones, of new users
  readonly last_ids: string[] = []; // what every listener had heard before
  readonly intake = new Intake();
  readonly others = new Others();
  readonly prompts = new Prompts();
  of_others: readonly string[] | undefined = undefined; // roles in another organisation, and in that alone
  readonly work = new Map(data.cases.map((one) => [one.id, new Work()] as const));
  readonly #server: Server;
  readonly #listeners = new Set<ServerResponse>();
  #events = 0; // so many were told

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /// An event to every page that listens.
  tell(name: string, data: unknown): void {
    ++this.#events;
    for (const one of this.#listeners) {
      one.write(`id: ${this.#events}-0\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }

  hang_up(): void {
    for (const one of this.#listeners) {
      one.destroy();
    }
  }

  #listen(response: ServerResponse): void {
    if (!this.tells_news) {
      response.setHeader('Retry-After', 60);
      return problem(response, 429, 'this one has to ask');
    }
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
    response.setHeader('Content-Type', 'text/event-stream');
    response.write(`retry: 5000\nid: ${this.#events}-0\nevent: ready\ndata: {}\n\n`);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    const guarded = request.headers['x-csrf-token'] === token;
    this.said.push({ method: request.method ?? '', path: url.pathname + url.search, guarded });
    for (const [name, value] of security_headers()) {
      response.setHeader(name, value);
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) {
      pieces.push(piece as Buffer);
    }
    if (url.pathname.startsWith('/api/v1/')) {
      this.#api(request, response, url, Buffer.concat(pieces), guarded);
    } else {
      serve_file(url.pathname, String(request.headers['accept-encoding'] ?? '').includes('br'), response);
    }
  }

  #api(request: IncomingMessage, response: ServerResponse, url: URL, bytes: Buffer, guarded: boolean): void {
    const body = bytes.toString();
    const path = url.pathname.slice('/api/v1/'.length);
    response.setHeader('Cache-Control', 'no-store');
    if (this.silent) {
      problem(response, 503, 'the store does not answer');
    } else if (path === 'login') {
      this.#log_in(response, JSON.parse(body) as Record<string, string>);
    } else if (!this.logged_in || !(request.headers.cookie ?? '').includes(cookie)) {
      problem(response, 401, 'log in');
    } else if (request.method !== 'GET' && !guarded) {
      problem(response, 403, 'this did not come from a page of ours');
    } else {
      path.startsWith('prompts') ? this.#prompts(request, path, url, bytes, response) : this.#known(request, path, url, body, response);
    }
  }

  #prompts(request: IncomingMessage, path: string, url: URL, bytes: Buffer, response: ServerResponse): void {
    const [, language = '', name = '', what = ''] = path.split('/');
    const reads = request.method === 'GET';
    const answer = reads ? this.prompts.get(language, name, what) : this.prompts.post(language, name, what, url.searchParams, bytes);
    if (answer instanceof Uint8Array) {
      response.setHeader('Content-Type', 'audio/wav');
      response.end(answer);
      return;
    }
    say(response, answer);
  }

  #log_in(response: ServerResponse, asked: Record<string, string>): void {
    if (this.wait_seconds > 0) {
      response.setHeader('Retry-After', this.wait_seconds);
      problem(response, 429, 'too many tries; wait, and try again');
    } else if (asked['name'] !== 'maria' || asked['password'] !== 'a long password' || asked['code'] !== '123456') {
      problem(response, 401, 'this name, password and code do not fit together, or the code was used before');
    } else {
      this.logged_in = true;
      response.setHeader('Set-Cookie', `${cookie}; Path=/; HttpOnly; SameSite=Strict`);
      json(response, { name: 'maria', csrf_token: token });
    }
  }

  #work(request: IncomingMessage, response: ServerResponse, id: string, what: string, body: string): void {
    const facts = data.cases.find((one) => one.id === id);
    const work = this.work.get(id);
    if (facts === undefined || work === undefined || work.gone) {
      return problem(response, 404, 'there is nothing here');
    }
    const key = String(request.headers['idempotency-key'] ?? '');
    const answer = request.method === 'GET' ? work.get(facts, what) : work.post(facts, what, JSON.parse(body) as Record<string, string>, key);
    return say(response, answer);
  }

  /// What is not there for another organisation is not there.
  #others(request: IncomingMessage, response: ServerResponse, path: string, body: string, of_side: boolean): void {
    const [room, id = '', third, fourth = '', fifth = ''] = path.split('/');
    const { others } = this;
    const reads = request.method === 'GET';
    if (room === 'referrals') {
      return say(response, others.list(of_side));
    }
    if (room === 'sites' && !of_side) {
      return reads ? json(response, others.sites) : say(response, others.change_sites(id, body));
    }
    if (third === 'recuse' && of_side) {
      others.stepped_back = true;
      return json(response, { before: false });
    }
    if (third === 'referred' && of_side) {
      return fourth === 'recordings' ? recording(response, fifth) : say(response, others.referred(id));
    }
    if (third === 'referrals' && of_side === ['accept', 'decline'].includes(fourth)) {
      return reads ? json(response, others.of_case('7K4-921')) : say(response, others.post(fourth, body));
    }
    return problem(response, 404, 'there is nothing here');
  }

  #known(request: IncomingMessage, path: string, url: URL, body: string, response: ServerResponse): void {
    const [room, id = '', third, fourth] = path.split('/');
    const of_side = url.searchParams.get('program') === side;
    if (room === 'sites' || room === 'referrals' || third === 'referrals' || third === 'referred' || of_side) {
      return this.#others(request, response, path, body, of_side);
    }
    if (room === 'cases' && third !== undefined && third !== 'recordings') {
      return this.#work(request, response, id, path.endsWith('/done') ? 'done' : third, body);
    }
    if (room === 'calls' && third === 'hand-on') {
      return say(response, this.intake.hand_on(id, body));
    }
    switch (`${request.method ?? 'GET'} ${room}`) {
      case 'GET circle':
        return json(response, { program: data.program, circle: data.keys.circle.public_file });
      case 'GET intake':
        return json(response, this.intake.form(url.searchParams.get('language') ?? ''));
      case 'POST cases':
        return say(response, this.intake.enter(JSON.parse(body) as NewReport));
      case 'GET figures':
        return json(response, figures);
      case 'GET session': {
        const me: Me = { name: 'maria', roles: this.of_others === undefined ? { [data.program]: this.roles } : { [side]: this.of_others }, csrf_token: token, ends: Date.now() / 1000 + 36_000, last_login_before: 1_763_798_400 };
        return json(response, me);
      }
      case 'POST logout':
        this.logged_in = false;
        return nothing(response);
      case 'GET sessions':
        return json(response, { sessions: this.logins });
      case 'DELETE sessions':
        this.logins = this.logins.filter((one) => one.id !== id);
        return nothing(response);
      case 'POST password': {
        const asked = JSON.parse(body) as Record<string, string>;
        if (asked['password'] !== 'a long password' || asked['code'] !== '123456') {
          return problem(response, 409, 'the password that you have and the code do not fit');
        }
        this.logged_in = false;
        return nothing(response);
      }
      case 'GET events':
        this.last_ids.push(String(request.headers['last-event-id'] ?? ''));
        return this.#listen(response);
      case 'GET audit':
        return json(response, audit(url.searchParams.get('cursor') ?? ''));
      case 'GET users':
        return json(response, { users: this.users });
      case 'POST users':
        return this.#people(response, id, third ?? '', JSON.parse(body) as { name: string; roles: string[]; password: string; key?: string });
      case 'GET cases':
        return third === 'recordings' ? recording(response, fourth ?? '') : id === '' ? list(response, url, this.tells_work) : one_case(response, url, id, this.work.get(id));
      case 'GET alerts': {
        const page: AlertPage = { program: data.program, people: 2, more: false, alerts: this.alerts };
        return json(response, page);
      }
      case 'POST alerts':
        return this.#take(response, id);
      case 'GET roster':
        return json(response, data.roster((url.searchParams.get('urgency') ?? 'P1') as Urgency, url.searchParams.get('at') ?? ''));
      default:
        return problem(response, 404, 'there is nothing here');
    }
  }

  #people(response: ServerResponse, name: string, act: string, asked: { name: string; roles: string[]; password: string; key?: string }): void {
    if (name === '') {
      const roles = { [data.program]: asked.roles.map((role) => role.split(':')[1] ?? '') };
      const made: User = { name: asked.name, roles, disabled: false, made: 1, last_login: null, key: asked.key ?? '' };
      this.users = [...this.users, made];
      this.passwords.push(asked.password);
      return json(response, { ...made, totp_secret: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', totp_uri: '' });
    }
    const known = this.users.find((one) => one.name === name);
    if (known === undefined) {
      return problem(response, 404, 'there is nothing here');
    }
    if (act === 'roles') {
      const roles = asked.roles.map((role) => role.split(':')[1] ?? '');
      if (roles.length === 0) {
        return problem(response, 422, 'a user has at least one role: shut them out instead');
      }
      this.users = this.users.map((one) => (one === known ? { ...one, roles: { [data.program]: roles } } : one));
      return json(response, known);
    }
    this.users = this.users.map((one) => (one === known ? { ...one, disabled: act === 'disable' } : one));
    return json(response, { ...known, totp_secret: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567' });
  }

  #take(response: ServerResponse, id: string): void {
    const alert = this.alerts.find((one) => one.id === id);
    if (alert === undefined) {
      return problem(response, 404, 'there is no such case');
    }
    if (alert.alias === '9R1-404') {
      return problem(response, 409, 'jean has 9R1-404 already');
    }
    return json(response, { ...alert, told: undefined, taken_by: 'maria', taken_at: 1, before: false });
  }
}

function meant(url: URL, one: CaseFacts): boolean {
  const asked = (name: string): string => url.searchParams.get(name) ?? '';
  return (
    (asked('status') === '' || asked('status') === one.status) &&
    (asked('assignee') === '' || asked('assignee') === one.assignee) &&
    (asked('unassigned') === '' || one.assignee === '') &&
    (asked('overdue') === '' || (one.clocks ?? []).some((clock) => clock.state === 'overdue'))
  );
}

function without_work({ assignee: _assignee, clocks: _clocks, ...rest }: CaseFacts): CaseFacts {
  return rest;
}

function list(response: ServerResponse, url: URL, tells_work: boolean): void {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const size = url.searchParams.get('limit') === '50' ? 2 : 1000; // so that there is a second page
  const page: CasePage = {
    program: data.program,
    cases: data.cases
      .slice(from, from + size)
      .filter((one) => meant(url, one))
      .map((one) => (tells_work ? one : without_work(one))),
    next: from + size < data.cases.length ? `${from + size}` : null,
  };
  json(response, page);
}

function say(response: ServerResponse, answer: Answer): void {
  return 'body' in answer ? json(response, answer.body) : problem(response, answer.status, answer.title);
}

function one_case(response: ServerResponse, url: URL, id: string, work: Work | undefined): void {
  const found = data.cases.find((one) => one.id === id);
  const parts = data.parts[id];
  if (found === undefined || parts === undefined || work?.gone === true) {
    return problem(response, 404, 'there is no such case');
  }
  const from = Number(url.searchParams.get('from') ?? 0);
  const whole: WholeCase = { ...found, circle: work?.circle ?? '', program: data.program, parts: parts.slice(from, from + part_page), parts_total: parts.length, thread: (work?.replies ?? []).map((one) => ({ id: one.id, sealed: one.for_circle, read_hour: 0 })), excluded: work?.excluded ?? [], recordings: data.recording_states, ...data.since, links: data.cases.filter((one) => work?.linked.includes(one.id) === true) };
  return json(response, whole);
}

function recording(response: ServerResponse, id: string): void {
  const sealed = data.recording_bytes[id];
  if (sealed === undefined) {
    return problem(response, 404, 'there is no such recording, or it is not here yet');
  }
  response.setHeader('Content-Type', 'application/octet-stream');
  response.end(sealed);
}

/// As the server does: compressed for whoever takes it.
function serve_file(path: string, brotli: boolean, response: ServerResponse): void {
  const name = path.startsWith('/assets/') ? path.slice(1) : 'index.html';
  if (name.includes('..') || !existsSync(dist + name)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader('Content-Type', types[name.split('.').pop() ?? ''] ?? 'application/octet-stream');
  const packed = brotli && existsSync(`${dist}${name}.br`);
  if (packed) {
    response.setHeader('Content-Encoding', 'br');
  }
  response.end(readFileSync(packed ? `${dist}${name}.br` : dist + name));
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function nothing(response: ServerResponse): void {
  response.statusCode = 204;
  response.end();
}

function problem(response: ServerResponse, status: number, title: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/problem+json');
  response.end(JSON.stringify({ title, status }));
}
