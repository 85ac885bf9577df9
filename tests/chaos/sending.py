"""What a stage with an outbox does: workers cry for help, replies are posted, an emulated Twilio is steered, the end is
waited for. SendsRun and World are such stages.
"""
import http.client
import json
import os
import queue
import subprocess
import threading
import time

from sends_history import DONE, Send, message_of
from victim import TWILIO_LINE, TWILIO_SID
from workers import told_not_kept

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


class Pipe:
    """A helper process: a line in, a line out."""

    def __init__(self, arguments, environment=None):
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(environment or {})})
        self.lock = threading.Lock()

    def line(self):
        return self.process.stdout.readline()

    def ask(self, words):
        with self.lock:
            self.process.stdin.write(words + "\n")
            self.process.stdin.flush()
            return json.loads(self.line() or '{"error": "it has ended"}')

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


def write_roster(folder):
    path = os.path.join(folder, "roster.yaml")
    with open(path, "w") as out:
        out.write(ROSTER)
    os.chmod(path, 0o600)
    return path


class Sending:
    """Whoever is one has: options, facts, tool, carrier, folder, public_url, token, pass_time() and nobody_serves()."""

    def begin_sending(self):
        self.cries, self.failures, self.to_post = queue.Queue(), [], []
        self.cried = {}  # words -> ms at which it was answered
        self.worker = self.reply = 0
        self.tool_patience = 5.0  # seconds in which the store may come back before a reply is posted later
        self.filers = [threading.Thread(target=self._file, daemon=True) for _ in range(2)]
        [filer.start() for filer in self.filers]

    def start_emulator(self, port, hooks):
        self.emulator_port = port
        self.emulator = Pipe([self.options.emulator, str(port), TWILIO_SID, self.public_url, hooks],
                             {"TWILIO_EMULATOR_TOKEN": self.token})
        self.emulator.line()

    def end_sending(self):
        [self.cries.put(None) for _ in self.filers]
        if self.tool:
            self.tool.close()
        self.emulator.close()

    # --- the provider ----------------------------------------------------------------------------------------------
    def control(self, path, wish=None):
        wire = http.client.HTTPConnection("127.0.0.1", self.emulator_port, timeout=10)
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

    def ledger(self):
        """Of both providers. Emulator and demo line are told apart."""
        demo = self.provider.sent if hasattr(self, "provider") else []
        return [Send(message_of(entry["status_url"]), entry["to"], entry["at_ms"], entry["call"])
                for entry in self.control("ledger")["entries"]] + \
            [Send(message_of(url), to, at, demo=True) for url, to, at in demo]

    def text(self, number, words):
        answer = self.control("text", {"url": self.public_url + "/hooks/main/sms", "from": number,
                                       "to": TWILIO_LINE, "body": words})
        assert answer["status"] == 200, answer
        return answer["body"]

    def say_stop(self, number):
        """Of a phone, through the signed webhook, while all is well: its answer is the promise."""
        self.text(number, "STOP")
        self.facts.stops[number] = int(time.time() * 1000)

    # --- the outbox ------------------------------------------------------------------------------------------------
    def ask_tool(self, words, budget=5.0):
        """Until the store answers, or nobody serves any more."""
        until = time.monotonic() + budget
        while True:
            answer = self.tool.ask(words)
            if "error" not in answer or time.monotonic() > until or self.nobody_serves():
                return answer

    def wait_for(self, enough, budget=10.0):
        """Until the states of the messages are what a scene needs."""
        until = time.monotonic() + budget
        while not enough(self.ask_tool("states").get("states", {}).values()) and time.monotonic() < until:
            time.sleep(0.05)

    # --- work ------------------------------------------------------------------------------------------------------
    def words_of_cry(self, _event):
        return "help me they have my passport"

    def _file(self):
        """A worker's cry for help, sent again by the provider, and by the worker when it was not kept."""
        for number, event in iter(self.cries.get, None):
            try:
                tries, words = 0, self.words_of_cry(event)
                while True:
                    tries += 1
                    fields = {"from": number, "id": f"{event}x{tries}", "text": words}
                    if not told_not_kept(self.carrier.deliver("/hooks/demo/sms", fields)):
                        break
                    time.sleep(self.carrier.rest)
                self.cried[words] = int(time.time() * 1000)
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
            if "done" not in self.ask_tool(f"post {message} {number}", self.tool_patience):
                return  # it is posted again in the next round, under the same id
            self.to_post.pop(0)

    # --- the end ---------------------------------------------------------------------------------------------------
    def take_all(self):
        """A person of the roster answers 1 as long as something waits for them; a ladder would go on for ever."""
        while "yours now" in self.text(MARIA, "1"):
            pass

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
