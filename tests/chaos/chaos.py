"""One run: a population at work, a server that dies at named points, then everything checked."""
import os
import random
import shutil
import threading
import time

import power_cut
from history import History, check
from provider import RecordingProvider
from victim import Victim
from workers import Caller, Carrier, Texter

TURN_POINTS = ("after_load", "before_commit", "after_commit", "before_answer")
RECORDING_POINTS = ("after_fetch", "after_seal", "before_erase", "after_erase")


class Run:
    def __init__(self, options, name, bug="", texters=4, callers=1, seed=1, shim="", redis_arguments=""):
        self.bug, self.random = bug, random.Random(seed)
        self.folder = os.path.join(options.folder, name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.synced = os.path.join(self.folder, "synced")
        wrapper = power_cut.wrap_redis(self.folder, redis_arguments) if shim else ""
        self.environment = {"RL_CUT_SHIM": shim, "RL_CUT_SYNCED": self.synced} if shim else {}
        self.victim = Victim(options.binary, options.source, self.folder, redis_wrapper=wrapper)
        self.history = History()
        self.provider = RecordingProvider(self.victim.api_base_port)
        self.carrier = Carrier(self.victim, self.history, seed)
        self.carrier.may_not_note = True  # the store is killed, and a yes that it was not asked about is not called noted
        self.workers = [Texter(self.carrier, f"+1555010{1000 + i}", seed) for i in range(texters)]
        self.workers += [Caller(self.carrier, f"+1555020{2000 + i}", seed, self.provider) for i in range(callers)]
        self.stop = threading.Event()
        self.failures = []
        self.kills = {"server": 0, "Redis": 0, "power": 0}
        self.lost = 0
        self.threads = [threading.Thread(target=self._work, args=(worker,), daemon=True) for worker in self.workers]

    def _work(self, worker):
        try:
            worker.run(self.stop)
        except Exception as broken:  # a worker that cannot go on is a finding, not a hang
            self.failures.append(f"{worker.number}: {broken!r}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.victim.stop()
        self.provider.close()

    def start_workers(self):
        [thread.start() for thread in self.threads]

    def plan(self, points):
        """Redis dies first, at one point, then the server at another."""
        own = self.random.choice(points)
        passes = self.random.randrange(1, 4) if own in RECORDING_POINTS else self.random.randrange(24, 50)
        return f"{self.random.choice(TURN_POINTS)}:{self.random.randrange(3, 20)}:store,{own}:{passes}"

    def round(self, plan, budget=30.0):
        """Starts a server that is to die, lets it die, sends again what a provider would."""
        self.victim.start(plan, self.bug, self.environment)
        self.carrier.repeat(2)
        self.victim.bury(budget)
        self.kills["server"] += 1

    def power_cut(self, work):
        """Both die at once, and what was not fsynced is gone."""
        self.victim.start("", self.bug, self.environment)
        self.carrier.repeat(2)
        time.sleep(work)
        redis = self.victim.kill_redis()
        self.victim.kill()
        lost = power_cut.cut(os.path.join(self.victim.state, "redis", "appendonlydir"), self.synced, redis)
        self.kills["power"] += 1
        self.lost += lost

    def finish(self):
        """A healthy server: everybody ends the report at hand, every event comes once more, recordings are fetched."""
        self.stop.set()
        self.victim.start("", self.bug, self.environment)
        [thread.join(60) for thread in self.threads]
        self.victim.await_drained()
        self.carrier.repeat()
        until = time.monotonic() + 15
        while self.provider.left() and time.monotonic() < until:
            time.sleep(0.1)
        return self.failures + [f"a recording stayed at the provider: {name}" for name in self.provider.left()]

    def opened(self):
        return self.victim.opened(os.path.join(self.folder, "sounds"))

    def redis_kills(self):
        """At least so many: a plan may not come to its point, and a Redis that did not start again is not counted."""
        with open(os.path.join(self.victim.state, "redis", "redis.log"), errors="replace") as log:
            return log.read().count("Server initialized") - self.victim.starts

    def findings(self):
        left = self.finish()
        self.kills["Redis"] = self.redis_kills()
        return left + check(self.history, self.opened())

    def summary(self):
        told = self.history.told()
        return (f"{self.kills['server']} kills of the server, {self.kills['Redis']} of Redis, "
                f"{self.kills['power']} power cuts ({self.lost} bytes lost), "
                f"{len(self.history.reports)} reports, {sum(one.acknowledged for one in told)} acknowledged parts, "
                f"{len(self.carrier.answered)} events answered, {self.carrier.again} sent again, "
                f"{len(self.history.repeats)} repeats compared, {self.carrier.refusals} told 'not kept', "
                f"slowest answer {self.carrier.slowest:.2f} s")

