"""One world for all: two servers on one store, workers who text and call, cries for help, replies, an emulated Twilio,
and a fault proxy on each way. What hurts it is in faults.py; what must hold afterwards in judge.py.

    with World(options, "name", seed) as world:
        world.begin(); …; findings = world.findings()
"""
import json
import os
import random
import secrets
import shutil
import subprocess
import sys
import threading
import time

import judge
from alert_waits import AlertWatch
from crew import Gateway, Post
from history import History
from provider import RecordingProvider
from sending import Pipe, Sending, write_roster
from sends_history import Facts
from slack import Slack
from store import Store
from vault_process import VaultProcess
from victim import LINE, TWILIO_LINE, free_port
from workers import Caller, Texter


class World(Sending):
    def __init__(self, options, name, seed, bug="", redis_bug="", store_arguments=(), texters=3, callers=1, gateways=2,
                 faults=True, per_second=10, apart=False):
        self.options, self.name, self.seed = options, name, seed
        self.bug, self.redis_bug = bug, redis_bug
        self.random = random.Random(f"{seed}/{name}")
        self.folder = os.path.join(options.folder, name)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.folder, "store"))
        self.token = secrets.token_hex(16)
        self.facts, self.history, self.failures = Facts(faults=faults, per_second=per_second), History(), []
        self.names = [chr(ord("a") + index) for index in range(gateways)]
        self.shifts = {who: 0 for who in ["redis", *self.names]}
        self.clock_lock = threading.Lock()
        self.move_clock(0)
        self.log, self.began = [], time.monotonic()
        self.spans = []  # (ms, ms, fault), by the wall
        self.slack = Slack()
        self._lay_wires()
        self._make_keys()
        self.vault = VaultProcess(options.binary, self.folder, self.keys) if apart else None
        self.store = Store(os.path.join(self.folder, "store"), options,
                           [options.clock, options.sick_disk, options.shim], self.clock_of("redis"), store_arguments)
        self._open_routes()
        self.watch = AlertWatch(self.store)
        self.gateways = [Gateway(self, name) for name in self.names]
        self.tool = None
        self.carrier = Post(self.gateways, self.history, seed)
        self.carrier.may_not_note = apart or faults
        self.begin_sending()
        self._front()
        self.workers = [Texter(self.carrier, f"+1555010{1000 + i}", seed) for i in range(texters)]
        self.workers += [Caller(self.carrier, f"+1555020{2000 + i}", seed, self.provider) for i in range(callers)]
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self._work, args=(worker,), daemon=True) for worker in self.workers]
        self.faults, self.lost, self.power_cuts = {}, 0, 0
        self.patience = 45.0  # seconds until nothing may wait any more

    # --- the stage -------------------------------------------------------------------------------------------------
    def _lay_wires(self):
        self.proxy = Pipe([sys.executable, "-B", os.path.join(os.path.dirname(__file__), "netfault.py")])
        self.proxy.line()
        self.recordings_port, emulator = free_port(), free_port()
        self.provider = RecordingProvider(self.recordings_port)
        self.emulator_port = emulator
        self.public_url = f"http://127.0.0.1:{free_port()}"
        self.provider_port = self.wire({"route": "provider", "to": [f"tcp:{emulator}"]})["port"]

    def wire(self, wish):
        return self.proxy.ask(json.dumps(wish))

    def _make_keys(self):
        self.keys, self.key = os.path.join(self.folder, "keys"), os.path.join(self.folder, "circle.key")
        subprocess.run([self.options.binary, "key", "init", "--keys-dir", self.keys, "--circle", "fair-food", "--out",
                        self.key], check=True, capture_output=True)
        self.roster = write_roster(self.folder)

    def _open_routes(self):
        end = [f"unix:{self.store.socket}"]
        self.store_ports = {name: self.wire({"route": name, "to": end})["port"] for name in self.names}

    def _front(self):
        """One address for the provider; behind it whoever listens."""
        ends = [f"tcp:{gateway.port}" for gateway in self.gateways]
        self.wire({"route": "front", "to": ends, "port": int(self.public_url.rsplit(":", 1)[1])})
        self.start_emulator(self.emulator_port, self.public_url)

    def clock_of(self, who):
        return os.path.join(self.folder, "clock." + who)

    def move_clock(self, seconds, who=None):
        """Of Redis ("redis"), of a server, or of all."""
        with self.clock_lock:
            if seconds:  # the first time it only lays the files down: no window of I10 is to be let pass for that
                self.facts.jumps.append(int(time.time() * 1000))
            for one in [who] if who else list(self.shifts):
                self.shifts[one] += seconds
                path = self.clock_of(one)
                with open(path, "r+b" if os.path.exists(path) else "wb") as out:
                    out.write(self.shifts[one].to_bytes(8, "little", signed=True))

    def pass_time(self, seconds):
        self.move_clock(seconds)

    def nobody_serves(self):
        return all(gateway.is_dead() for gateway in self.gateways)

    def note(self, what):
        self.log.append(f"{time.monotonic() - self.began:8.2f} {what}")

    def gateway(self, name):
        return next(one for one in self.gateways if one.name == name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.slack.close()
        self.watch.close()
        for gateway in self.gateways:
            gateway.kill()
        if self.vault:
            self.vault.kill()
        self.end_sending()
        self.store.close()
        self.provider.close()
        self.proxy.close()

    # --- work ------------------------------------------------------------------------------------------------------
    def begin(self, working=True, plan="", only=None):
        """`plan`: where the first server dies or halts. `only`: how many servers rise."""
        self.store.start()
        self.store.await_ready()
        if self.vault:
            self.vault.rise()
        for gateway in self.gateways[:only]:
            gateway.rise(plan if gateway is self.gateways[0] else "", self.bug)
        self.tool = Pipe([self.options.tool, self.store.socket, self.keys, "fair-food", TWILIO_LINE, LINE])
        self.spoil()
        self.misbehave([])
        if working:
            [thread.start() for thread in self.threads]

    def spoil(self):
        """A server that comes up mends the functions; the bug is put in again."""
        if self.redis_bug and self.tool:
            done = self.ask_tool("bug " + self.redis_bug)
            assert "done" in done or self.nobody_serves(), done

    def _work(self, worker):
        try:
            worker.run(self.ending)
        except Exception as broken:  # a worker that cannot go on is a finding, not a hang
            self.failures.append(f"P4 {worker.number}: {broken!r}")

    def words_of_cry(self, event):
        return f"help me they have my passport {event} {self.seed}"

    def be_loose(self, loose):
        """While clocks are moved by days, and of every report that was under way then."""
        self.carrier.loose = loose
        for worker in self.workers:
            if worker.report:
                worker.report.loose = True

    def cut_power(self):
        """Store and servers die at once."""
        for gateway in self.gateways:
            gateway.gone()
        with self.store.lock:
            self.store.wanted = False
            self.store.signal(9)
            for gateway in self.gateways:
                gateway.kill()
        lost = self.store.lose_power() + sum(gateway.lose_power() for gateway in self.gateways)
        self.lost += lost
        self.power_cuts += 1
        return lost

    def restore_power(self):
        self.store.start()
        for gateway in self.gateways:
            gateway.rise(bug=self.bug)

    # --- the end ---------------------------------------------------------------------------------------------------
    def finish(self):
        """All is well again: reports at hand are ended, recordings come home, nothing waits any more."""
        self.ending.set()
        self.tool_patience = 5.0
        for gateway in self.gateways:
            if gateway.is_dead():
                gateway.rise(bug=self.bug)
        [thread.join(90) for thread in self.threads if thread.ident]
        self.failures += [f"P4 {worker.number} hangs" for worker, thread in zip(self.workers, self.threads)
                          if thread.is_alive()]
        try:
            self.carrier.await_drained(30)
        except RuntimeError as late:
            self.failures.append(f"P4 {late}")
        self.drain(self.patience)
        if self.facts.days_moved:
            # What was put off while a clock was three days ahead is put off by three days: late, and not lost.
            self.pass_time(3 * 86400 + 600)
            self.drain(self.patience)
        until = time.monotonic() + 20
        while (judge.provider_keeps(self) or judge.recordings_left(self)) and time.monotonic() < until:
            self.pass_time(31)
            time.sleep(0.3)

    def findings(self):
        begun = int(time.time() * 1000)
        for gateway in self.gateways:  # fresh ones, whose memory and files tell what the end costs
            gateway.gone()
            gateway.stop()
            gateway.rise(bug=self.bug)
        self.facts.held.append((begun, int(time.time() * 1000) + 2000))  # a server that starts has other things to do at first
        before = [judge.held_by(gateway) for gateway in self.gateways]
        self.finish()
        return judge.judge(self, before)
