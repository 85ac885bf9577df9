"""One run of sends: workers report danger, replies are posted, server and Redis die, the provider misbehaves."""
import http.client
import json
import os
import queue
import random
import shutil
import subprocess
import threading
import time

from history import History
from sends_history import DONE, Facts, Send, check, message_of
from victim import TWILIO_LINE, TWILIO_SID, Victim
from workers import Carrier, told_not_kept

MARIA, JEAN = "+15005550101", "+15005550102"
ROSTER = f"""people:
  maria: {{phone: "{MARIA}"}}
  jean: {{phone: "{JEAN}", media: [sms]}}
order: [maria, jean]
step_seconds: 10
line: "{TWILIO_LINE}"
"""
FAULTS = [{"do": "accept_drop", "chance": 0.08}, {"do": "accept_500", "chance": 0.06}, {"do": "drop", "chance": 0.03},
          {"do": "429", "chance": 0.08, "retry_after": 1}, {"do": "500", "chance": 0.03}]
LEASES_OVER = 21  # seconds: longer than any lease of the dispatcher


class Pipe:
    """A helper process: a line in, a line out."""

    def __init__(self, arguments, environment=None):
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(environment or {})})

    def line(self):
        return self.process.stdout.readline()

    def ask(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return json.loads(self.line() or '{"error": "it has ended"}')

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


class SendsRun:
    def __init__(self, options, name, bug="", redis_bug="", faults=True):
        self.options, self.bug, self.redis_bug = options, bug, redis_bug
        self.random = random.Random(f"{options.seed}/{name}")
        self.folder = os.path.join(options.folder, name)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.victim = Victim(options.binary, options.source, self.folder, redis_wrapper=self._let_us_in(),
                             per_second=10, extra=f"rosters: {{fair-food: {self._roster()}}}\n")
        self.clock = os.path.join(self.folder, "clock")
        self.shift = 0
        self.facts = Facts(faults=faults)
        self.pass_time(0)
        self.environment = {"LD_PRELOAD": options.clock, "TEST_CLOCK_SHIFT": self.clock}
        self.emulator = Pipe([options.emulator, str(self.victim.api_base_port), TWILIO_SID, self.victim.public_url,
                              self.victim.public_url], {"TWILIO_EMULATOR_TOKEN": self.victim.token})
        self.emulator.line()
        self.tool = None
        self.carrier = Carrier(self.victim, History(), options.seed)
        self.cries, self.failures, self.to_post = queue.Queue(), [], []
        self.filers = [threading.Thread(target=self._file, daemon=True) for _ in range(2)]
        [filer.start() for filer in self.filers]
        self.worker = self.reply = self.kills = self.missed = 0

    # --- the stage -------------------------------------------------------------------------------------------------
    def _let_us_in(self):
        """A redis-server that knows one user more."""
        wrapper = os.path.join(self.folder, "wrapper")
        os.makedirs(wrapper)
        users = os.path.join(self.folder, "state", "redis", "users.acl")
        path = os.path.join(wrapper, "redis-server")
        with open(path, "w") as script:
            script.write(f'#!/bin/sh\ngrep -q "user tester" {users} || echo "user tester on nopass ~* &* +@all" >> '
                         f'{users}\nexec {shutil.which("redis-server")} "$@"\n')
        os.chmod(path, 0o755)
        return wrapper

    def _roster(self):
        path = os.path.join(self.folder, "roster.yaml")
        with open(path, "w") as out:
            out.write(ROSTER)
        os.chmod(path, 0o600)
        return path

    def pass_time(self, seconds):
        self.shift += seconds
        self.facts.jumps.append(int(time.time() * 1000))
        with open(self.clock, "r+b" if os.path.exists(self.clock) else "wb") as out:
            out.write(self.shift.to_bytes(8, "little", signed=True))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        [self.cries.put(None) for _ in self.filers]
        self.victim.stop()
        if self.tool:
            self.tool.close()
        self.emulator.close()

    def control(self, path, wish=None):
        wire = http.client.HTTPConnection("127.0.0.1", self.victim.api_base_port, timeout=10)
        try:
            wire.request("POST" if wish is not None else "GET", "/control/" + path,
                         json.dumps(wish) if wish is not None else None)
            answer = wire.getresponse()
            said = answer.read()
            assert answer.status == 200, said
            return json.loads(said)
        finally:
            wire.close()

    def misbehave(self, chances, **receipts):
        self.control("behave", {"seed": self.options.seed, "chances": chances, "receipts": receipts})

    def start(self, plan=""):
        self.victim.start(plan, self.bug, self.environment)
        if self.tool is None:
            self.tool = Pipe([self.options.tool, os.path.join(self.victim.state, "redis", "redis.sock"),
                              os.path.join(self.folder, "keys"), "fair-food", TWILIO_LINE])
        if self.redis_bug:
            done = self.ask_tool("bug " + self.redis_bug)
            assert "done" in done or self.victim.process.poll() is not None, done  # it may have died at once

    def ask_tool(self, words, budget=5.0):
        """Until the store answers, or the server is dead."""
        until = time.monotonic() + budget
        while True:
            answer = self.tool.ask(words)
            if "error" not in answer or time.monotonic() > until or self.victim.process.poll() is not None:
                return answer

    # --- work ------------------------------------------------------------------------------------------------------
    def _file(self):
        """A worker's cry for help, sent again by the provider, and by the worker when it was not kept."""
        for number, event in iter(self.cries.get, None):
            try:
                tries = 0
                while True:
                    tries += 1
                    fields = {"from": number, "id": f"{event}x{tries}", "text": "help me they have my passport"}
                    if not told_not_kept(self.carrier.deliver("/hooks/demo/sms", fields)):
                        break
            except Exception as broken:
                self.failures.append(f"{number}: {broken!r}")
            finally:
                self.cries.task_done()

    def give_work(self, cases=1, replies=2):
        for _ in range(cases):
            self.worker += 1
            self.cries.put((f"+1555030{1000 + self.worker}", f"SM{self.worker}"))
        for _ in range(replies):
            self.reply += 1
            self.to_post.append((f"r{self.reply}", f"+1555040{1000 + self.reply}"))
        self.post_replies()

    def post_replies(self):
        while self.to_post:
            message, number = self.to_post[0]
            self.facts.replies[message] = number
            if "done" not in self.ask_tool(f"post {message} {number}"):
                return  # it is posted again in the next round, under the same id
            self.to_post.pop(0)

    def round(self, plan, budget=3.0):
        """A server that is to die at a named point; then the time passes in which its leases end."""
        self.start(plan)
        self.give_work()
        try:
            self.victim.bury(budget)
            self.kills += 1
        except subprocess.TimeoutExpired:
            self.missed += 1
            self.victim.kill()
        self.pass_time(LEASES_OVER)

    def text(self, number, words):
        answer = self.control("text", {"url": self.victim.public_url + "/hooks/main/sms", "from": number,
                                       "to": TWILIO_LINE, "body": words})
        assert answer["status"] == 200, answer
        return answer["body"]

    def say_stop(self, number):
        """Of a phone, through the signed webhook, while all is well: its answer is the promise."""
        self.text(number, "STOP")
        self.facts.stops[number] = int(time.time() * 1000)

    def wait_for(self, enough, budget=10.0):
        """Until the states of the messages are what a scene needs."""
        until = time.monotonic() + budget
        while not enough(self.ask_tool("states").get("states", {}).values()) and time.monotonic() < until:
            time.sleep(0.05)

    def take_all(self):
        """A person of the roster answers 1 as long as something waits for them; a ladder would go on for ever."""
        while "yours now" in self.text(MARIA, "1"):
            pass

    # --- the end ---------------------------------------------------------------------------------------------------
    def drain(self, budget=25.0):
        """A healthy provider, and hours that pass, until nothing waits any more."""
        self.misbehave([])
        until = time.monotonic() + budget
        waited = time.monotonic()
        while time.monotonic() < until:
            self.post_replies()
            self.facts.states = self.ask_tool("states").get("states", {})
            phases = {state["phase"] for state in self.facts.states.values()}
            rest = not phases & {1, 2, 4} and self.cries.unfinished_tasks == 0  # nobody has anything in hand
            if rest and phases <= {DONE} and not self.to_post:
                return
            if rest and time.monotonic() - waited > 0.6:
                self.take_all()
                self.pass_time(121)
                waited = time.monotonic()
            time.sleep(0.05)

    def findings(self):
        self.start()
        self.drain()
        facts = self.facts
        facts.survey = self.ask_tool("survey").get("findings", ["the survey was refused"])
        facts.alarms = [case["id"] for case in self.victim.all_cases() if case["urgency"] == "P1"]
        facts.sends = [Send(message_of(entry["status_url"]), entry["to"], entry["at_ms"], entry["call"])
                       for entry in self.control("ledger")["entries"]]
        short = [] if len(facts.alarms) >= self.worker else [f"{self.worker} cries became {len(facts.alarms)} cases"]
        return self.failures + short + check(facts)

    def redis_kills(self):
        """At least so many: a Redis that did not start again is not counted."""
        with open(os.path.join(self.victim.state, "redis", "redis.log"), errors="replace") as log:
            return max(0, log.read().count("Server initialized") - self.victim.starts)

    def summary(self):
        doubts = sum(state["doubts"] for state in self.facts.states.values())
        return (f"{self.kills} deaths of the server at named points "
                f"({self.missed} not reached), {self.redis_kills()} of Redis, {len(self.facts.alarms)} alarms, "
                f"{len(self.facts.replies)} replies, {len(self.facts.states)} messages, {len(self.facts.sends)} sends "
                f"accepted, {doubts} doubts, {self.carrier.again} webhooks sent again")
