"""With the store stopped or dead, every webhook is answered in time, with the truth; then all goes on by itself.

    store_gone_test.py --binary … --source … --folder …
"""
import base64
import os
import shutil
import signal
import sys
import threading
import time

from proof import options_of, verdict
from victim import Victim, keys_of, step_of

VOICE_BUDGET, TEXT_BUDGET = 2.5, 5.0
SLACK = 0.4  # of a machine that others use too
CLAIMS = ("saved", "on_its_way", "story_more", "receipt")


class Findings(list):
    def expect(self, true, what):
        if not true:
            self.append(what)


class Gone:
    """What a text, a call and a screen hear while the store is away."""

    def __init__(self, victim, found, name):
        self.victim, self.found, self.name = victim, found, name

    def ask(self, budget, target, fields):
        started = time.monotonic()
        status, body = self.victim.post(target, fields)
        took = time.monotonic() - started
        keys = keys_of(body)
        self.found.expect(status == 200, f"{self.name}: {target} was answered with {status}")
        self.found.expect(took <= budget + SLACK, f"{self.name}: {target} took {took:.2f} s")
        self.found.expect(not any(claim in key for claim in CLAIMS for key in keys), f"{self.name}: claims {keys}")
        return body

    def text(self, number, event, words):
        body = self.ask(TEXT_BUDGET, "/hooks/demo/sms", {"from": number, "id": event, "text": words})
        self.found.expect("common.arrived" in keys_of(body), f"{self.name}: a text heard {keys_of(body)}")

    def screen(self):
        body = self.ask(TEXT_BUDGET, "/hooks/demo/ussd", {"from": "+15554000001", "call": f"US{self.name}", "turn": 0})
        self.found.expect("common.not_kept" in keys_of(body), f"{self.name}: a screen showed {keys_of(body)}")

    def call(self, target, fields):
        """Twice 'one moment' and back to the same event, then a message after the tone, and the truth about it."""
        for back in (1, 2):
            body = self.ask(VOICE_BUDGET, target, fields)
            self.found.expect(keys_of(body) and set(keys_of(body)) == {"common.one_moment"},
                              f"{self.name}: a call heard {keys_of(body)} at time {back}")
            target, fields = step_of(body), {**fields, "continued": True}
            self.found.expect(f"n={back}" in target, f"{self.name}: the call was sent to {target}")
            fields.pop("keys", None)
        body = self.ask(VOICE_BUDGET, target, fields)
        self.found.expect("common.message_now" in keys_of(body) and b'"record"' in body,
                          f"{self.name}: at last a call heard {keys_of(body)}")
        fields.pop("continued")
        sound = base64.b64encode(b"RIFF....WAVEfmt " + bytes(60)).decode()
        spoken = {"recorded": {"id": f"RE{self.name}", "seconds": 5, "audio": sound}}
        body = self.ask(VOICE_BUDGET, step_of(body), {**fields, **spoken})
        self.found.expect("common.message_held" in keys_of(body) and b'"hangup"' in body,
                          f"{self.name}: after the tone a call heard {keys_of(body)}")


def all_at_once(jobs):
    threads = [threading.Thread(target=job) for job in jobs]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]


def while_gone(victim, found, name):
    """Everything at the same time; a call that was under way takes part."""
    gone = Gone(victim, found, name)
    call = {"from": "+15554000002", "call": f"CB{name}"}
    all_at_once([lambda: gone.text("+15554000003", f"SMa{name}", "my boss hit me"),
                 lambda: gone.text("+15554000004", f"SMb{name}", "1"), gone.screen,
                 lambda: gone.call("/hooks/demo/voice", call)])


def healthy(victim, found, name, number):
    """A whole report goes through, and a text that was refused before is taken now."""
    victim.await_drained()
    status, body = victim.text(number, f"SMa{name}", "my boss hit me")
    found.expect(status == 200 and "common.not_kept" not in keys_of(body), f"{name}: afterwards {keys_of(body)}")
    cases = len(victim.case_list())
    for index, words in enumerate(("hi", "1", "2", "2", "1", f"story after {name}", "1", "1", "0", "0", "0", "1", "2")):
        status, body = victim.text(f"{number}0", f"SMr{name}{index}", words)
    found.expect(len(victim.case_list()) == cases + 1, f"{name}: no report was filed afterwards: {keys_of(body)}")


def replaced(victim, found, hung):
    """A Redis that hangs is killed and started again by itself."""
    until = time.monotonic() + 30
    while victim.redis_pid() in (0, hung) and time.monotonic() < until:
        time.sleep(0.1)
    found.expect(victim.redis_pid() not in (0, hung), "hung: the store was not replaced within 30 s")
    victim.await_ready(15)


def unknown_outcome(victim, found):
    """A commit that arrives although nobody heard so: 'one moment', and then the very answer that was committed."""
    call = {"from": "+15554000009", "call": "CU1"}
    body = victim.post("/hooks/demo/voice", call)[1]
    victim.stop()
    victim.start("before_commit:1:pause")
    first = victim.post(step_of(body), {**call, "keys": "1"})[1]
    os.kill(victim.redis_pid(), signal.SIGCONT)
    found.expect(set(keys_of(first)) == {"common.one_moment"}, f"unknown outcome: heard {keys_of(first)}")
    victim.await_ready(20)
    later = victim.post(step_of(first), {**call, "continued": True})[1]
    again = victim.post(step_of(body), {**call, "keys": "1"})[1]
    found.expect("hotline.danger_now.menu" in keys_of(later), f"unknown outcome: then {keys_of(later)}")
    found.expect(later == again, "unknown outcome: the repeat of the first request got another answer")


def main():
    options = options_of(__doc__).parse_args()
    folder = os.path.join(options.folder, "store_gone")
    shutil.rmtree(folder, ignore_errors=True)
    victim, found = Victim(options.binary, options.source, folder), Findings()
    try:
        victim.start()
        healthy(victim, found, "first", "+1555400100")
        pid = victim.kill_redis(signal.SIGSTOP)
        while_gone(victim, found, "stopped")
        os.kill(pid, signal.SIGCONT)
        healthy(victim, found, "stopped", "+1555400101")
        replaced(victim, found, victim.kill_redis(signal.SIGSTOP))
        healthy(victim, found, "hung", "+1555400103")
        # A file where its socket belongs keeps the killed one from coming back for a while.
        wrapper = os.path.join(folder, "state", "redis", "redis.conf")
        os.rename(wrapper, wrapper + ".away")
        victim.kill_redis()
        while_gone(victim, found, "killed")
        found.expect(victim.get_ops("/readyz")[0] == 503, "killed: still ready")
        os.rename(wrapper + ".away", wrapper)
        victim.await_ready(15)
        healthy(victim, found, "killed", "+1555400102")
        found.expect(victim.starts == 1, "the server was restarted")
        unknown_outcome(victim, found)
    finally:
        victim.stop()
    return verdict(found)


if __name__ == "__main__":
    sys.exit(main())
