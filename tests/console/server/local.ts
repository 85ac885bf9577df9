// What tests with a real server share: a free port, a program that is waited for, a question over the local socket, and the
// six digits of an authenticator app.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomInt } from 'node:crypto';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../../../', import.meta.url));
export const patience_ms = 60_000;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/// Below the ports that the kernel gives to outgoing connections: one of these took a port before its server stood.
export async function free_port(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(10_000, 32_001);
    if (await can_be_bound(port)) return port;
  }
  throw new Error('there is no free port');
}

function can_be_bound(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
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

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/// A command to its end, with what it said.
export function run(words: readonly string[], input = ''): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(words[0] ?? '', words.slice(1), { cwd: project, timeout: patience_ms });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? -1, out, err }));
    child.stdin.on('error', () => undefined); // it may end without having read
    child.stdin.end(input);
  });
}

/// A server's process, and all that it said.
export class Running {
  said = '';
  readonly child: ChildProcess;

  constructor(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(words[0] ?? '', words.slice(1), { cwd: project, env: { ...process.env, ...environment } });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (piece: Buffer) => (this.said += piece.toString()));
    }
  }

  /// Until `ready` no longer throws; the process' own words when it never does.
  async until<Answer>(ready: () => Promise<Answer>): Promise<Answer> {
    const until = Date.now() + patience_ms;
    for (;;) {
      try {
        return await ready();
      } catch (error) {
        if (Date.now() > until || this.child.exitCode !== null) {
          throw new Error(`the server does not answer (${String(error)}):\n${this.said}`);
        }
        await new Promise((done) => setTimeout(done, 200));
      }
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await new Promise((done) => {
        this.child.once('exit', done);
        this.child.kill('SIGTERM');
      });
    }
  }
}

/// Over the server's local socket, as the operator.
export function ask_socket(socketPath: string, method: string, path: string, body?: unknown): Promise<string> {
  const sent = body === undefined ? '' : JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) };
  return new Promise((done, failed) => {
    const asking = request({ socketPath, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (piece: Buffer) => (text += piece.toString()));
      answer.on('end', () => (answer.statusCode === 200 ? done(text) : failed(new Error(`${answer.statusCode}: ${text}`))));
    });
    asking.on('error', failed);
    asking.end(sent);
  });
}
