// The real server: `rightsline demo` in a folder of its own, with one user and what workers told it over the demo's phones.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const patience_ms = 60_000;

function free_port(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/// The six digits of an authenticator app (RFC 6238).
export function one_time_code(secret: string, seconds = Date.now() / 1000): string {
  const bits = Array.from(secret, (c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

export class Demo {
  readonly folder = mkdtempSync(join(tmpdir(), 'console-demo-'));
  readonly password = 'four goats under a tarpaulin';
  origin = '';
  secret = '';
  said = '';
  #server: ChildProcess | undefined;
  #hooks = '';
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
    this.#server = spawn(this.#binary, ['demo', '--dir', this.folder, ...listen], { cwd: project });
    for (const stream of [this.#server.stdout, this.#server.stderr]) {
      stream?.on('data', (piece: Buffer) => (this.said += piece.toString()));
    }
    await this.#answers();
    const made = await this.#ask('POST', '/api/v1/users', { name: 'maria', roles: ['fair-food:monitor', 'fair-food:admin'], password: this.password });
    this.secret = (JSON.parse(made) as { totp_secret: string }).totp_secret;
  }

  /// A worker's phone: each line is a text, or keys pressed and words said.
  phone(lines: readonly string[], ...options: string[]): Promise<string> {
    return new Promise((done, failed) => {
      const asked = ['phone', '--dir', this.folder, '--url', `http://${this.#hooks}`, ...options];
      const child = execFile(this.#binary, asked, { cwd: project, timeout: patience_ms }, (error, out, talk) =>
        error === null ? done(out) : failed(new Error(`${error.message}${talk}${out}`)),
      );
      child.stdin?.end(`${lines.join('\n')}\n`);
    });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server !== undefined && server.exitCode === null) {
      await new Promise((done) => {
        server.once('exit', done);
        server.kill('SIGTERM');
      });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    const until = Date.now() + patience_ms;
    for (;;) {
      try {
        await this.#ask('GET', '/api/v1/users');
        return;
      } catch (error) {
        if (Date.now() > until || this.#server?.exitCode !== null) {
          throw new Error(`the demo does not answer (${String(error)}):\n${this.said}`);
        }
        await new Promise((done) => setTimeout(done, 200));
      }
    }
  }

  /// Over the local socket, as the operator.
  #ask(method: string, path: string, body?: unknown): Promise<string> {
    const sent = body === undefined ? '' : JSON.stringify(body);
    const socketPath = ['api.sock', 'state/api.sock'].map((name) => join(this.folder, name)).find(existsSync);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) };
    return new Promise((done, failed) => {
      if (socketPath === undefined) {
        failed(new Error('there is no socket yet'));
        return;
      }
      const asking = request({ socketPath, path, method, headers }, (answer) => {
        let text = '';
        answer.on('data', (piece: Buffer) => (text += piece.toString()));
        answer.on('end', () => (answer.statusCode === 200 ? done(text) : failed(new Error(`${answer.statusCode}: ${text}`))));
      });
      asking.on('error', failed);
      asking.end(sent);
    });
  }
}
