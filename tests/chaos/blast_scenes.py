"""Sure scenes of one message to many, as those of scenes.py."""
import os
import signal
import threading
import time

from expansions_history import Expansion
from sending import Pipe
from sends_history import DONE
from victim import TWILIO_LINE

CHUNK, RECIPIENTS = 4, 12


class Expander:
    """A process that puts an expansion into the outbox, chunk by chunk."""

    def __init__(self, world, expansion, plan=""):
        self.expansion = expansion
        self.pipe = Pipe([world.options.tool, world.store.socket, world.keys, "fair-food", TWILIO_LINE],
                         {"RL_TEST_POINT": plan, "RL_SEEDED_BUG": world.bug})
        self.answer = {}
        self.working = threading.Thread(target=self.expand)

    def expand(self):
        self.answer = self.pipe.ask(f"expand {self.expansion.id} {CHUNK} {' '.join(self.expansion.numbers)}")

    def look(self):
        """How far it is goes into the history."""
        seen = self.pipe.ask(f"cursor {self.expansion.id} {len(self.expansion.numbers)}")
        if "error" in seen:
            raise RuntimeError(f"the cursor cannot be read: {seen}")
        self.expansion.seen.append(seen)

    def halts(self, budget=10.0):
        """Waits until it stands at its named point, or has ended its work. Whether it stands there."""
        until = time.monotonic() + budget
        while time.monotonic() < until:
            if not self.working.is_alive():
                return False
            with open(f"/proc/{self.pipe.process.pid}/stat") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "T":
                    return True
            time.sleep(0.01)
        raise RuntimeError("an expander neither halted nor ended")

    def go_on(self):
        os.kill(self.pipe.process.pid, signal.SIGCONT)

    def die(self):
        self.pipe.process.kill()
        self.working.join()
        self.pipe.close()


def overtaken(world):
    """One who expands dies right after the commit of the first chunk. The next is held between reading the cursor and the
    commit of the second, and another one does the rest meanwhile. Then it goes on; should it have one more chunk in hand,
    it dies with it. At the end somebody sees to what is left, as every server does."""
    world.begin(working=False)
    one = Expansion("e1", [f"+1555050{1000 + index}" for index in range(RECIPIENTS)])
    world.facts.expansions.append(one)
    dead, quick = Expander(world, one, "after_chunk:1"), Expander(world, one)
    slow = Expander(world, one, "before_chunk:1:halt,before_chunk:2:halt")
    dead.expand()
    dead.pipe.close()
    slow.working.start()
    if not slow.halts():
        raise RuntimeError(f"no expander was held: {slow.answer}")
    for step in (quick.look, quick.expand, quick.look):
        step()
    slow.go_on()
    slow.halts()
    quick.look()
    slow.die()
    for step in (quick.expand, quick.look, quick.pipe.close):
        step()
    world.wait_for(lambda states: len(states) >= RECIPIENTS and all(state["phase"] == DONE for state in states))
