"""One run of sends: workers report danger, replies are posted, server and Redis die, the provider misbehaves."""
import os
import random
import shutil
import subprocess
import time

from history import History
from sending import Pipe, Sending, write_roster
from sends_history import Facts, check
from victim import TWILIO_LINE, Victim
from workers import Carrier

LEASES_OVER = 21  # seconds: longer than any lease of the dispatcher


class SendsRun(Sending):
    def __init__(self, options, name, bug="", redis_bug="", faults=True):
        self.options, self.bug, self.redis_bug = options, bug, redis_bug
        self.random = random.Random(f"{options.seed}/{name}")
        self.folder = os.path.join(options.folder, name)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.victim = Victim(options.binary, options.source, self.folder, redis_wrapper=self._let_us_in(),
                             per_second=10, extra=f"rosters: {{fair-food: {write_roster(self.folder)}}}\n")
        self.clock = os.path.join(self.folder, "clock")
        self.shift = 0
        self.facts = Facts(faults=faults)
        self.pass_time(0)
        self.environment = {"LD_PRELOAD": options.clock, "TEST_CLOCK_SHIFT": self.clock}
        self.public_url, self.token = self.victim.public_url, self.victim.token
        self.start_emulator(self.victim.api_base_port, self.public_url)
        self.tool = None
        self.carrier = Carrier(self.victim, History(), options.seed)
        self.begin_sending()
        self.kills = self.missed = 0

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

    def nobody_serves(self):
        return self.victim.process.poll() is not None

    def pass_time(self, seconds):
        self.shift += seconds
        if seconds:
            self.facts.jumps.append(int(time.time() * 1000))
        with open(self.clock, "r+b" if os.path.exists(self.clock) else "wb") as out:
            out.write(self.shift.to_bytes(8, "little", signed=True))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.victim.stop()
        self.end_sending()

    def start(self, plan=""):
        self.victim.start(plan, self.bug, self.environment)
        if self.tool is None:
            self.tool = Pipe([self.options.tool, os.path.join(self.victim.state, "redis", "redis.sock"),
                              os.path.join(self.folder, "keys"), "fair-food", TWILIO_LINE])
        if self.redis_bug:
            done = self.ask_tool("bug " + self.redis_bug)
            assert "done" in done or self.nobody_serves(), done  # it may have died at once

    def round(self, plan, budget=3.0, passes=LEASES_OVER):
        """A server that is to die at a named point; then the time passes in which its leases end."""
        self.start(plan)
        self.give_work()
        try:
            self.victim.bury(budget)
            self.kills += 1
        except subprocess.TimeoutExpired:
            self.missed += 1
            self.victim.kill()
        self.pass_time(passes)

    def findings(self):
        self.start()
        self.victim.await_drained()
        self.drain()
        facts = self.facts
        facts.survey = self.ask_tool("survey").get("findings", ["the survey was refused"])
        facts.alarms = [case["id"] for case in self.victim.all_cases() if case["urgency"] == "P1"]
        facts.outside = self.ask_tool(" ".join(["outside", *facts.alarms])).get("outside", {})
        facts.sends = self.ledger()
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
