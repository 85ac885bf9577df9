"""A rightsline server to be hurt: its folder, its start and end, the requests of simulated phones, its cases.

Every path and port is its own, so that several run side by side. Standard library only.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import secrets
import signal
import socket
import pathlib
import subprocess
import threading
import time
import urllib.parse

LINE = "+15005550006"
TWILIO_LINE = "+15005550016"
TWILIO_SID = "AC" + "0" * 31 + "7"
START_BUDGET = 30.0


class Unreachable(Exception):
    """No answer: the connection was refused, broken, or silent for too long. A provider would send again."""


def free_port():
    """Below the ports that the kernel gives to outgoing connections: one of these took a port before its server stood."""
    for _ in range(100):
        port = 10000 + secrets.randbelow(22001)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("there is no free port")


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as listing:
            return [int(child) for child in listing.read().split()]
    except OSError:
        return []


class Victim:
    def __init__(self, binary, source, folder, audio="", redis_wrapper="", per_second=1, extra=""):
        self.binary, self.folder, self.wrapper = binary, folder, redis_wrapper
        self.source = os.path.abspath(source)  # the server reads paths from its configuration's folder
        self.port, self.ops_port, self.api_base_port = free_port(), free_port(), free_port()
        self.token = secrets.token_hex(16)
        self.process = None
        self.ready = threading.Event()
        self.starts = 0
        os.makedirs(folder, exist_ok=True)
        self.state = os.path.join(folder, "state")
        self.key = os.path.join(folder, "circle.key")
        self.log = os.path.join(folder, "server.log")
        self._write_files(audio, per_second, extra)

    @property
    def public_url(self):
        return f"http://127.0.0.1:{self.port}"

    def _write_files(self, audio, per_second, extra):
        keys, token = os.path.join(self.folder, "keys"), os.path.join(self.folder, "token")
        subprocess.run([self.binary, "key", "init", "--keys-dir", keys, "--circle", "fair-food", "--out", self.key],
                       check=True, capture_output=True)
        with open(token, "w") as out:
            out.write(self.token + "\n")
        os.chmod(token, 0o600)
        with open(os.path.join(self.folder, "config.yaml"), "w") as out:
            out.write(f"""public_url: {self.public_url}
listen: {{hooks: "127.0.0.1:{self.port}", console: "127.0.0.1:0", ops: "127.0.0.1:{self.ops_port}"}}
redis: {{embedded: "true"}}
state_dir: {self.state}
keys_dir: {keys}
accounts:
  demo: {{provider: simulator, account_sid: demo, auth_tokens: [{{file: {token}}}],
          api_base: "http://127.0.0.1:{self.api_base_port}"}}
  main: {{provider: twilio, account_sid: {TWILIO_SID}, auth_tokens: [{{file: {token}}}],
          api_base: "http://127.0.0.1:{self.api_base_port}"}}
lines:
  "{TWILIO_LINE}": {{account: main, program: fair-food, modes: [sms, voice], per_second: {per_second}}}
  "{LINE}": {{account: demo, program: fair-food, modes: [sms, voice, ussd], cost_to_worker: {{sms: paid, voice: free}}}}
programs: [{self.source}/flows/fair-food]
locales_dir: {self.source}/locales
limits: {{connections_per_peer: 0, spool_bytes: 4194304}}
""" + (f"audio_dirs: [{audio}]\n" if audio else "") + extra)

    # --- life and death --------------------------------------------------------------------------------------------
    def start(self, test_point="", bug="", environment=None):
        env = {**os.environ, "RL_TEST_POINT": test_point, "RL_SEEDED_BUG": bug, **(environment or {})}
        if self.wrapper:
            env["PATH"] = self.wrapper + ":" + env["PATH"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.binary, "serve", "--config", self.folder + "/config.yaml"],
                                            stdout=log, stderr=log, env=env, start_new_session=True)
        self.starts += 1
        if self.await_ready(START_BUDGET, may_die=bool(test_point)):
            self.ready.set()

    def await_ready(self, budget, may_die=False):
        """False: it died at a named point before it was ready (a recording goes on at once)."""
        until = time.monotonic() + budget
        while time.monotonic() < until:
            ended = self.process.poll()
            if may_die and ended == -signal.SIGKILL:
                return False
            if ended is not None:
                raise RuntimeError(f"the server ended with {ended}; its log: {self.log}")
            try:
                if self.get_ops("/readyz")[0] == 200:
                    return True
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.01)
        raise RuntimeError(f"the server was not ready within {budget} s; its log: {self.log}")

    def spool_waiting(self):
        """How much the spool holds; -1 when the server cannot be asked."""
        try:
            for line in self.get_ops("/metrics")[1].decode().splitlines():
                if line.startswith("rightsline_spool_waiting "):
                    return int(float(line.split()[1]))
        except (OSError, http.client.HTTPException):
            pass
        return -1

    def await_drained(self, budget=60.0):
        until = time.monotonic() + budget
        while self.spool_waiting() != 0:
            if time.monotonic() > until:
                raise RuntimeError(f"the spool was not drained within {budget} s; the log: {self.log}")
            time.sleep(0.05)

    def redis_pid(self):
        return next(iter(children_of(self.process.pid)), 0)

    def kill_redis(self, how=signal.SIGKILL):
        pid = self.redis_pid()
        if pid:
            os.kill(pid, how)
        return pid

    def bury(self, budget=30.0):
        """Waits for the death of the server."""
        self.process.wait(budget)
        self.ready.clear()

    def kill(self):
        self.ready.clear()
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self):
        self.ready.clear()
        if self.process and self.process.poll() is None:
            redis = self.redis_pid()
            if redis:
                os.kill(redis, signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    # --- what a provider sends -------------------------------------------------------------------------------------
    def post(self, target, fields, timeout=8.0, connection=None):
        """(status, body). Raises Unreachable."""
        body = json.dumps({"account": "demo", "to": LINE, **fields})
        signed = f"{self.public_url}{target}\n{body}".encode()
        mac = hmac.new(self.token.encode(), signed, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Rightsline-Signature": mac}
        wire = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            wire.request("POST", target, body, headers)
            answer = wire.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as broken:
            raise Unreachable(str(broken)) from broken
        finally:
            if connection is None:
                wire.close()

    def post_as_twilio(self, target, fields, connection):
        """(status, body) of a form that Twilio signed."""
        form = {"AccountSid": TWILIO_SID, "To": TWILIO_LINE, **fields}
        signed = f"{self.public_url}{target}" + "".join(name + form[name] for name in sorted(form))
        mac = base64.b64encode(hmac.new(self.token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": mac}
        connection.request("POST", target, urllib.parse.urlencode(form), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def text(self, sender, message_id, words, timeout=8.0):
        return self.post("/hooks/demo/sms", {"from": sender, "id": message_id, "text": words}, timeout)

    def get_ops(self, path):
        wire = http.client.HTTPConnection("127.0.0.1", self.ops_port, timeout=3)
        try:
            wire.request("GET", path)
            answer = wire.getresponse()
            return answer.status, answer.read()
        finally:
            wire.close()

    # --- what the circle sees --------------------------------------------------------------------------------------
    def case_list(self):
        return self._case("list")["cases"]

    def all_cases(self):
        """The list's page holds a hundred; the API it stands on gives a thousand."""
        for _ in range(40):  # a busy machine's store may not answer within the server's two seconds
            wire = http.client.HTTPConnection("localhost", timeout=10)
            wire.sock = socket.socket(socket.AF_UNIX)
            wire.sock.connect(self.state + "/api.sock")
            wire.request("GET", "/api/v1/cases?limit=1000")
            answer = wire.getresponse()
            found = json.loads(answer.read())
            wire.close()
            if answer.status == 200:
                return found["cases"]
            time.sleep(0.5)
        raise RuntimeError(f"the list of cases: {answer.status} {found}")

    def case_show(self, case_id, recordings=""):
        extra = ["--recordings", recordings] if recordings else []
        later = ("not here yet", "try again in a moment")  # a recording that comes home last; a machine that is busy
        for attempt in range(40):
            try:
                return self._case("show", case_id, "--key", self.key, *extra)
            except RuntimeError as failed:
                if attempt == 39 or not any(words in str(failed) for words in later):
                    raise
                for saved in pathlib.Path(recordings).glob("*.wav") if recordings else []:
                    saved.unlink()
                time.sleep(0.5)

    def opened(self, sounds):
        """What the circle can open: (name, words, or the hash of a recording) of every part, by case."""
        os.makedirs(sounds, exist_ok=True)
        cases = {}
        for one in self.all_cases():
            parts = []
            try:
                shown = self.case_show(one["id"], sounds)
            except RuntimeError as failed:  # the proof goes on, and finds that what was told is not there
                cases[one["id"]] = [("cannot be opened", str(failed))]
                continue
            for part in shown["parts"]:
                words = part["text"]
                if part["recording"]:
                    with open(os.path.join(sounds, part["recording"] + ".wav"), "rb") as sound:
                        words = hashlib.sha256(sound.read()).hexdigest()
                parts.append((part["name"], words))
            cases[one["id"]] = parts
        return cases

    def _case(self, *arguments):
        done = subprocess.run([self.binary, "case", *arguments, "--json", "--socket", self.state + "/api.sock"],
                              capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            raise RuntimeError(f"case {arguments[0]}: {done.returncode} {done.stderr}")
        return json.loads(done.stdout)


def keys_of(body):
    """The keys of the prompts in an answer, in order: what the worker is told."""
    keys = []
    for action in json.loads(body or b"{}").get("actions", []):
        keys += [prompt["key"] for prompt in action.get("prompts", [])]
    return keys


def step_of(body):
    """Where the call goes on, as the target of a request; "" when it ends."""
    for action in json.loads(body or b"{}").get("actions", []):
        if "step" in action:
            return "/" + action["step"].split("/", 3)[3]
    return ""
