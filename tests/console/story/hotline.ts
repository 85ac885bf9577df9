// The hotline of the story: `rightsline serve` with a store of its own, an emulated Twilio on loopback, three people on the
// roster, and a clock that can be moved. What workers and phones do goes through the emulator, which signs it as Twilio does.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Ran, Running, ask_socket, free_port, project, run } from '../server/local';

const sid = 'AC00000000000000000000000000000001';
const token = 'f00dfeedf00dfeedf00dfeedf00dfeed';
const public_url = 'https://hotline.example.org';
export const line = '+15005550006';

export interface Programs {
  readonly server: string;
  readonly emulator: string;
  readonly clock: string; // the library that shifts the server's clock
}

export interface Sent {
  readonly sid: string;
  readonly call: boolean;
  readonly to: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const private_file = { mode: 0o600 };

export class Hotline {
  readonly folder = mkdtempSync(join(tmpdir(), 'console-story-'));
  origin = '';
  readonly #programs: Programs;
  readonly #roster: string;
  #server: Running | undefined;
  #emulator: Running | undefined;
  #ready = '';
  #control = '';

  constructor(programs: Programs, roster: string) {
    this.#programs = programs;
    this.#roster = roster;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async start(): Promise<void> {
    const [hooks, ops, console] = await Promise.all([free_port(), free_port(), free_port()]);
    this.origin = `http://127.0.0.1:${console}`;
    await this.#start_emulator(`http://127.0.0.1:${hooks}`);
    this.move_clock(0);
    this.#write_configuration(hooks, ops, console);
    const keys = ['--keys-dir', this.path('keys'), '--circle', 'fair-food', '--out', this.path('circle.key')];
    await this.must(['key', 'init', ...keys]);
    this.#ready = `http://127.0.0.1:${ops}/readyz`;
    await this.#serve();
  }

  /// The server ends, `between` has the machine to itself, and a server starts whose clock is so far ahead.
  async restart(seconds: number, between: () => Promise<void> = async () => undefined): Promise<void> {
    await this.#server?.stop();
    await between();
    this.move_clock(seconds);
    await this.#serve();
  }

  async #serve(): Promise<void> {
    const shifted = { LD_PRELOAD: this.#programs.clock, TEST_CLOCK_SHIFT: this.path('clock') };
    this.#server = new Running([this.#programs.server, 'serve', '--config', this.path('rightsline.yaml')], shifted);
    await this.#server.until(async () => {
      if (!(await fetch(this.#ready)).ok) {
        throw new Error('not ready');
      }
    });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.#emulator?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /// The server's wall clock from now on; timers of the machine go on as they do.
  move_clock(seconds: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    writeFileSync(this.path('clock'), bytes, { flag: existsSync(this.path('clock')) ? 'r+' : 'w', flush: true, ...private_file }); // in place: it is mapped
  }

  /// A user of the console; gives the secret of the second factor.
  async add_user(name: string, password: string, ...roles: string[]): Promise<string> {
    const made = await ask_socket(this.path('state/api.sock'), 'POST', '/api/v1/users', { name, password, roles });
    return (JSON.parse(made) as { totp_secret: string }).totp_secret;
  }

  /// A command of `rightsline`.
  command(words: readonly string[]): Promise<Ran> {
    return run([this.#programs.server, ...words]);
  }

  /// The same to the running server.
  ask(...words: readonly string[]): Promise<Ran> {
    return this.command([...words, '--socket', this.path('state/api.sock')]);
  }

  async must(words: readonly string[]): Promise<string> {
    const ran = await this.command(words);
    if (ran.code !== 0) {
      throw new Error(`${words.slice(0, 2).join(' ')} ended with ${ran.code}: ${ran.err}`);
    }
    return ran.out;
  }

  /// A webhook as Twilio posts it: signed, to the address that we gave.
  webhook(url: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const whole = url.startsWith('/') ? public_url + url : url;
    return this.#steer('POST', 'webhook', { url: whole, fields });
  }

  async sent(): Promise<readonly Sent[]> {
    return (await this.#steer<{ entries: Sent[] }>('GET', 'ledger?after=0')).entries;
  }

  async words_of(which: Sent): Promise<string> {
    return (await this.#steer<{ words: string }>('GET', `words?sid=${which.sid}`)).words;
  }

  keep_recording(name: string, audio: Buffer): Promise<unknown> {
    return this.#steer('POST', 'recordings', { sid: name, audio: audio.toString('base64') });
  }

  recording_url(name: string): string {
    return `${this.#control}/2010-04-01/Accounts/${sid}/Recordings/${name}`;
  }

  /// Every byte that the server keeps below its folder, and all that it said.
  everything_kept(): string {
    const files = readdirSync(this.path('state'), { recursive: true, withFileTypes: true });
    const bytes = files.filter((file) => file.isFile()).map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
    return [...bytes, this.#server?.said ?? ''].join('\n');
  }

  async #steer<What = Answer>(method: string, what: string, body?: unknown): Promise<What> {
    const sending = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${this.#control}/control/${what}`, sending);
    if (!answer.ok) {
      throw new Error(`the emulator answers ${answer.status} to ${what}: ${await answer.text()}`);
    }
    return (await answer.json()) as What;
  }

  async #start_emulator(hooks: string): Promise<void> {
    const words = [this.#programs.emulator, '0', sid, public_url, hooks];
    const emulator = new Running(words, { TWILIO_EMULATOR_TOKEN: token });
    this.#emulator = emulator;
    this.#control = await emulator.until(async () => {
      const base = /http:\/\/127\.0\.0\.1:\d+/.exec(emulator.said)?.[0];
      return base ?? Promise.reject(new Error('it does not say where it listens'));
    });
  }

  #write_configuration(hooks: number, ops: number, console: number): void {
    writeFileSync(this.path('token'), `${token}\n`, private_file);
    writeFileSync(this.path('roster.yaml'), this.#roster, private_file);
    const settings = {
      public_url,
      listen: { hooks: `127.0.0.1:${hooks}`, console: `127.0.0.1:${console}`, ops: `127.0.0.1:${ops}` },
      redis: { embedded: true },
      state_dir: this.path('state'),
      keys_dir: this.path('keys'),
      accounts: {
        main: { provider: 'twilio', account_sid: sid, auth_tokens: [{ file: this.path('token') }], api_base: this.#control },
      },
      lines: { [line]: { account: 'main', program: 'fair-food', modes: ['sms', 'voice'], cost_to_worker: { sms: 'paid', voice: 'free' } } },
      programs: [join(project, 'flows/fair-food')],
      locales_dir: join(project, 'locales'),
      rosters: { 'fair-food': this.path('roster.yaml') },
      limits: { spool_bytes: 2_097_152 },
    };
    writeFileSync(this.path('rightsline.yaml'), JSON.stringify(settings)); // YAML takes JSON as it is
  }
}

/// The emulator adds what every webhook has.
export const fields_of_call = (call: string, from: string, to: string, status: string): Record<string, string> => ({
  CallSid: call,
  From: from,
  To: to,
  CallStatus: status,
  Direction: from === line ? 'outbound-api' : 'inbound',
});
