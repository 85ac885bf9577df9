"""Hurts a world on a schedule that its seed decides: each fault alone, then two at a time; after each the world must heal.

Threading: the caller's. What was done stands in world.log and world.faults.
"""
import time

import faults
from victim import Unreachable
from workers import told_arrived, told_not_kept

HELD_MS = 2000
HEALED_WITHIN = 15.0  # seconds after the last fault: servers ready, a text is committed, the spools are drained


class Nemesis:
    def __init__(self, world, kinds=faults.ALL, rare=0.0):
        self.world, self.random, self.rare = world, world.random, rare
        self.kinds, self.bag = list(kinds), []
        self.done = self.probes = 0
        self.slowest_healing = 0.0
        world.tool_patience = 0.1  # it is away on purpose

    def draw(self):
        """Every kind once, in some order, before any comes again."""
        if self.random.random() < self.rare:
            return self.random.choice(faults.RARE)(self.world, self.random)
        if not self.bag:
            self.bag = self.random.sample(self.kinds, len(self.kinds))
        return self.bag.pop()(self.world, self.random)

    def step(self):
        """One fault, or in every third step two at once. Returns how many."""
        chosen = [self.draw()]
        if self.done % 3 == 2:
            other = self.draw()
            if other.organs & chosen[0].organs:
                self.bag.append(type(other))  # its turn comes
            else:
                chosen.append(other)
        if any(fault.loose for fault in chosen):
            self.world.be_loose(True)
        begun = int(time.time() * 1000)
        for fault in chosen:
            self.world.faults[type(fault).__name__] = self.world.faults.get(type(fault).__name__, 0) + 1
            fault.start()
        self.world.note(" + ".join(fault.describe() for fault in chosen))
        self.world.give_work(1 if self.random.random() < 0.4 else 0, 1)
        time.sleep(max(self.random.uniform(*fault.hold) for fault in chosen))
        for fault in reversed(chosen):
            fault.stop()
        self.world.spans.append((begun, int(time.time() * 1000), " + ".join(fault.describe() for fault in chosen)))
        self.heal(chosen)
        if any(fault.holds_up for fault in chosen):
            self.world.facts.held.append((begun, int(time.time() * 1000) + HELD_MS))
        if any(fault.loose for fault in chosen):
            self.world.be_loose(False)
        self.done += 1
        return len(chosen)

    def heal(self, chosen):
        begun = time.monotonic()
        for gateway in self.world.gateways:
            until = begun + HEALED_WITHIN
            if not self.healed(gateway, until) or not self.drained(gateway, until):
                what = " + ".join(fault.describe() for fault in chosen)
                self.world.failures.append(f"P4 server {gateway.name} keeps nothing {HEALED_WITHIN:.0f} s after {what}")
                self.world.note(f"server {gateway.name} does not heal")
                gateway.gone()
                gateway.kill()
                gateway.rise(bug=self.world.bug)
        self.slowest_healing = max(self.slowest_healing, time.monotonic() - begun)

    def healed(self, gateway, until):
        """A text from a phone of its own is committed."""
        while time.monotonic() < until:
            if gateway.is_dead():  # it died of what was under way
                gateway.rise(bug=self.world.bug)
            self.probes += 1
            try:
                status, body = gateway.text(f"+1555060{1000 + self.probes % 4}", f"SMp{self.probes}", "hi")
                self.world.carrier.remember(gateway, {"id": f"SMp{self.probes}", "text": "hi"}, status, body)
                if status == 200 and not told_not_kept(body) and not told_arrived(body):
                    return True
            except Unreachable:
                pass
            time.sleep(0.05)
        return False

    @staticmethod
    def drained(gateway, until):
        while gateway.spool_waiting() != 0:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True
