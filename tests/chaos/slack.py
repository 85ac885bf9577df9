"""How late this machine is by itself: a thread that asks for 10 ms and sees what it gets.

A budget of milliseconds on a machine that others load tells of the others. So what an answer may take is its budget and
what the machine was late in those seconds, and both are said. Threading: its own.
"""
import threading
import time

STEP = 0.01
SHARE = 3.0   # a request crosses the scheduler several times: client, server, store and back
GRACE = 0.3


class Slack:
    def __init__(self):
        self.late = {}  # second -> the worst
        self.ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        before = time.monotonic()
        while not self.ended.wait(STEP):
            now = time.monotonic()
            self.late[int(now)] = max(self.late.get(int(now), 0.0), now - before - STEP)
            before = now

    def allowed(self, start, end):
        """Seconds above the budget of an answer given between the two."""
        worst = max((self.late.get(second, 0.0) for second in range(int(start), int(end) + 2)), default=0.0)
        return GRACE + SHARE * worst

    def worst(self):
        return max(self.late.values(), default=0.0)

    def close(self):
        self.ended.set()
