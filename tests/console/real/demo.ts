// The real server: `rightsline demo` in a folder of its own, with one user and what workers told it over the demo's phones.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Running, ask_socket, free_port, run } from '../server/local';

export class Demo {
  readonly folder = mkdtempSync(join(tmpdir(), 'console-demo-'));
  readonly password = 'four goats under a tarpaulin';
  origin = '';
  secret = '';
  other_secret = ''; // of olga, an organizer
  #server: Running | undefined;
  #hooks = '';
  #next_phone = 10; // nobody's conversation is open on it
  readonly #binary: string;

  constructor(binary: string) {
    this.#binary = binary;
  }

  get key_file(): string {
    return join(this.folder, 'fair-food.circle.key');
  }

  async start(): Promise<void> {
    const [hooks, ops, console] = await Promise.all([free_port(), free_port(), free_port()]);
    this.origin = `http://127.0.0.1:${console}`;
    this.#hooks = `127.0.0.1:${hooks}`;
    const listen = ['--listen', this.#hooks, '--ops', `127.0.0.1:${ops}`, '--console', `127.0.0.1:${console}`];
    this.#server = new Running([this.#binary, 'demo', '--dir', this.folder, ...listen]);
    await this.#server.until(() => this.#ask('GET', '/api/v1/users'));
    const maria = { name: 'maria', roles: ['fair-food:supervisor', 'fair-food:admin'], password: this.password };
    this.secret = await this.#let_in(maria);
    this.other_secret = await this.#let_in({ name: 'olga', roles: ['fair-food:organizer'], password: this.password });
  }

  /// A worker's phone: each line is a text, or keys pressed and words said.
  async phone(lines: readonly string[], ...options: string[]): Promise<string> {
    const asked = [this.#binary, 'phone', '--dir', this.folder, '--url', `http://${this.#hooks}`, ...options];
    const ran = await run(asked, `${lines.join('\n')}\n`);
    if (ran.code !== 0) {
      throw new Error(`the phone ended with ${ran.code}: ${ran.err}${ran.out}`);
    }
    return ran.out;
  }

  /// A worker who comes back with the code, in English, from any phone. Told that many people are on the line, as they are on
  /// a machine that has no moment for Argon2id, they do what they are told and try again.
  async come_back(code: string, ...then: readonly string[]): Promise<string> {
    for (let tries = 0; tries < 10; ++tries) {
      const heard = await this.phone(['hello', '1', 'no', '3', code, ...then], '--from', `+130555502${this.#next_phone++}`);
      if (!heard.includes('Many people are on the line')) {
        return heard;
      }
    }
    throw new Error('the line never had a moment for a worker who came back');
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #let_in(user: { name: string; roles: readonly string[]; password: string }): Promise<string> {
    return (JSON.parse(await this.#ask('POST', '/api/v1/users', user)) as { totp_secret: string }).totp_secret;
  }

  /// What a telephone company is given under that address.
  async media(name: string): Promise<Response> {
    return fetch(`http://${this.#hooks}/media/${name}`);
  }

  #ask(method: string, path: string, body?: unknown): Promise<string> {
    const socket = ['api.sock', 'state/api.sock'].map((name) => join(this.folder, name)).find(existsSync);
    return socket === undefined ? Promise.reject(new Error('there is no socket yet')) : ask_socket(socket, method, path, body);
  }
}
