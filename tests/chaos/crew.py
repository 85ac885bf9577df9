"""The servers of a world, and the carrier that brings workers' events to any of them.

Gateway: a Victim with an outside store behind a fault proxy. Post: delivers as providers do: again when nobody answered,
sometimes to both servers at once, and it measures each answer. What was told to have arrived is answered by a text of its
own; its event comes again as others do, and must change nothing. Threading: any.
"""
import os
import random
import threading
import time
from dataclasses import dataclass

import power_cut
from store import PASSWORDS
from victim import LINE, TWILIO_LINE, TWILIO_SID, Unreachable, Victim, keys_of
from workers import PATIENCE, Carrier, told_arrived, told_not_kept

VOICE_BUDGET, TEXT_BUDGET = 2.5, 5.0  # seconds
# All that may be said without a store.
HONEST = {"/sms": {"common.arrived", "common.not_kept", "common.not_sure"},
          "/voice": {"common.one_moment", "common.message_now", "common.message_held", "common.not_now"}}
ARRIVED = b'{"actions": [{"do": "text", "prompts": [{"key": "common.arrived"}]}]}'
JUST_NOW = 10.0  # seconds


class Gateway(Victim):
    """`world` has options, folder, keys, key, roster, public_url, clock_of(), ports of the proxies."""

    def __init__(self, world, name):
        self.world, self.name = world, name
        self.patience = 6.0  # seconds
        self.away = []  # [from, to]: when it was dead or stopped; nobody can answer then
        super().__init__(world.options.binary, world.options.source, os.path.join(world.folder, name))
        self.token, self.key = world.token, world.key

    @property
    def public_url(self):
        return self.world.public_url

    def _write_files(self, audio, per_second, extra):
        world, token = self.world, os.path.join(self.folder, "token")
        with open(token, "w") as out:
            out.write(world.token + "\n")
        os.chmod(token, 0o600)
        place = f"127.0.0.1:{world.store_ports[self.name]}"
        with open(os.path.join(self.folder, "config.yaml"), "w") as out:
            out.write(f"""public_url: {world.public_url}
listen: {{hooks: "127.0.0.1:{self.port}", console: "127.0.0.1:0", ops: "127.0.0.1:{self.ops_port}"}}
redis:
  url: "redis://caller:{PASSWORDS['caller']}@{place}"
  loader_url: "redis://loader:{PASSWORDS['loader']}@{place}"
  keeper_url: "unix://{world.store.socket}?user=keeper&password={PASSWORDS['keeper']}"
state_dir: {self.state}
keys_dir: {world.vault.server_keys if world.vault else world.keys}
accounts:
  demo: {{provider: simulator, account_sid: demo, auth_tokens: [{{file: {token}}}],
          api_base: "http://127.0.0.1:{world.recordings_port}"}}
  main: {{provider: twilio, account_sid: {TWILIO_SID}, auth_tokens: [{{file: {token}}}],
          api_base: "http://127.0.0.1:{world.provider_port}"}}
lines:
  "{TWILIO_LINE}": {{account: main, program: fair-food, modes: [sms, voice], per_second: {world.facts.per_second}}}
  "{LINE}": {{account: demo, program: fair-food, modes: [sms, voice, ussd], cost_to_worker: {{sms: paid, voice: free}}}}
programs: [{self.source}/flows/fair-food]
locales_dir: {self.source}/locales
limits: {{connections_per_peer: 0, spool_bytes: 4194304}}
rosters: {{fair-food: {world.roster}}}
""" + (f"vault: {{socket: {world.vault.socket}}}\n" if world.vault else ""))

    def rise(self, plan="", bug=""):
        """Starts it; the time until it is ready counts as away."""
        self.gone()
        os.makedirs(self.synced, exist_ok=True)
        options = self.world.options
        environment = {"LD_PRELOAD": f"{options.clock} {options.shim}", "RL_TEST_STORE": self.world.store.pid_file,
                       "TEST_CLOCK_SHIFT": self.world.clock_of(self.name),
                       "RL_CUT_SYNCED": self.synced, "RL_CUT_UNDO": "/spool/events"}
        self.patience = 1.5 if plan else 6.0
        self.start(plan, bug, environment)
        self.world.spoil()
        if self.ready.is_set() and not plan:
            self.back()

    def await_ready(self, budget, may_die=False):
        """One that lives and is not ready has a store that is away; the nemesis sees to it that it heals."""
        try:
            return super().await_ready(self.patience, may_die)
        except RuntimeError:
            if self.process.poll() is not None and not may_die:
                raise
            return self.process.poll() is None

    @property
    def synced(self):
        return os.path.join(self.folder, "synced")

    def lose_power(self):
        """Dead already; what was not synced of its spool is gone. Returns the bytes lost."""
        spool = os.path.join(self.state, "spool", "events")
        return power_cut.undo(spool, self.synced) if os.path.exists(spool) else 0

    def gone(self):
        if not self.away or self.away[-1][1] is not None:
            self.away.append([time.monotonic(), None])

    def back(self):
        if self.away and self.away[-1][1] is None:
            self.away[-1][1] = time.monotonic()

    def was_away(self, start, end):
        return any(begun < end and (over is None or over > start) for begun, over in self.away)

    def is_dead(self):
        return self.process is None or self.process.poll() is not None


@dataclass
class Answer:
    gateway: str
    mode: str
    start: float
    end: float
    answered: bool


class Post(Carrier):
    def __init__(self, gateways, history, seed):
        super().__init__(None, history, seed)
        self.gateways, self.answers = gateways, []
        self.arrived = []  # (target, fields) of what went by the spool
        self.may_refuse, self.rest = True, 0.15
        self.unsure = self.doubled = 0
        self.began = time.monotonic()
        self.trace = []  # (when it was answered, by whom, event, what was said, status, what was heard)
        self.one_of = random.Random(f"{seed}/post")

    def choose(self):
        """Of the living; of the others when there are none."""
        ready = [one for one in self.gateways if one.ready.is_set() and not one.is_dead()]
        with self.lock:
            return self.one_of.choice(ready or self.gateways)

    def remember(self, gateway, fields, status, body):
        said = fields.get("text") or fields.get("keys") or fields.get("status") or ("…" if "recorded" in fields else "")
        self.trace.append((round(time.monotonic() - self.began, 3), gateway.name, fields.get("id") or fields.get("call"),
                           said, status, keys_of(body)[:2] if status == 200 else str(body)[:80]))

    def ask(self, gateway, target, fields):
        """One try. The body, or None."""
        mode = "voice" if "/voice" in target else "text"
        start = time.monotonic()
        try:
            status, body = gateway.post(target, fields)
        except Unreachable as nobody:
            status, body = 0, None
            self.remember(gateway, fields, 0, nobody)
        with self.lock:
            self.answers.append(Answer(gateway.name, mode, start, time.monotonic(), body is not None))
            if body is not None:
                self.remember(gateway, fields, status, body)
            if body is not None and status == 200:
                self.find_lie(gateway, target, fields, body, start)
            if body is not None and status != 200:
                event = fields.get("id") or fields.get("call", "")
                self.history.surprises.append(f"I8 event {event} was answered with {status}")
        return body if status in (0, 200) else b"{}"

    def find_lie(self, gateway, target, fields, body, start):
        """Nobody could look anything up, and so an answer can only be one of a few."""
        honest = HONEST.get("/sms" if target.endswith("/sms") else "/voice" if "/voice" in target else "", set())
        if gateway.world.store.was_dead_since(start) and not honest.issuperset(keys_of(body)):
            self.history.surprises.append(f"I8 without a store {fields.get('id') or fields.get('call', '')} heard "
                                          f"{keys_of(body)}")

    def await_drained(self, budget=PATIENCE):
        until = time.monotonic() + budget
        while any(gateway.spool_waiting() != 0 for gateway in self.gateways):
            if time.monotonic() > until:
                raise RuntimeError(f"a spool was not drained within {budget} s")
            time.sleep(0.1)

    def clocks_agree(self):
        world = self.gateways[0].world
        jumped = world.facts.jumps and time.time() - world.facts.jumps[-1] / 1000 < JUST_NOW
        return not jumped and len({world.shifts[one.name] for one in self.gateways}) == 1

    def ask_both(self, target, fields):
        """The same event at the same moment to every server: one answer, or the truth that nothing was kept. What one of
        them spooled may be answered with nothing by the other."""
        bodies = [None] * len(self.gateways)

        def do(index):
            bodies[index] = self.ask(self.gateways[index], target, fields)
        threads = [threading.Thread(target=do, args=(index,)) for index in range(len(bodies))]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        firm = [body for body in bodies if body is not None and not told_not_kept(body) and not is_unsure(body)]
        if not firm and (None in bodies or any(is_unsure(body) for body in bodies)):
            return None
        self.doubled += 1
        spooled = any(told_arrived(body) for body in firm) or None in bodies
        firm = [body for body in firm if not told_arrived(body) and not (spooled and not keys_of(body))] or firm[:1]
        for other in firm[1:]:
            self.history.repeats.append((fields["id"], firm[0], other))
        return firm[0] if firm else next((body for body in bodies if body is not None), None)

    def deliver(self, target, fields, repeatable=True, patient=True):
        until, ambiguous = time.monotonic() + PATIENCE, False
        while True:
            with self.lock:
                both = target.endswith("/sms") and len(self.gateways) > 1 and self.one_of.random() < 0.06
            body = self.ask_both(target, fields) if both else self.ask(self.choose(), target, fields)
            # "Not kept" is true of the try that heard it. What a try before it did is only known by asking again.
            if body is not None and not is_unsure(body) and not (ambiguous and told_not_kept(body)):
                break
            ambiguous = True
            if body is None and not patient:
                return None
            if time.monotonic() > until:
                raise RuntimeError(f"no answer for {PATIENCE} s")
            with self.lock:
                self.again += 1
                self.unsure += body is not None
            time.sleep(0.03)
        if repeatable and target.endswith("/sms") and (ambiguous or both) and not keys_of(body):
            body = ARRIVED  # a try before this one was spooled, and has been drained; or it is a story that goes on
        with self.lock:
            if told_not_kept(body):
                self.refusals += 1
            elif told_arrived(body):
                self.arrived.append((target, fields))
            elif repeatable and "common.one_moment" not in keys_of(body):
                self.answered.append((target, fields, body))
        return body

    def repeat(self, how_many=None):
        """An answer that said a code is repeated for ten minutes; later a repeat hears nothing."""
        before = len(self.history.repeats)
        super().repeat(how_many)
        for target, fields in (self.arrived[-how_many:] if how_many else list(self.arrived)):
            self.ask(self.choose(), target, fields)
        codes = ("hotline.receipt.sms", "hotline.receipt.voice")
        self.history.repeats[before:] = [
            one for one in self.history.repeats[before:]
            if not (any(code in keys_of(one[1]) for code in codes) and not keys_of(one[2]))]


def is_unsure(body):
    return "common.not_sure" in keys_of(body)
