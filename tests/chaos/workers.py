"""Workers who text and call while the server is being killed, and a provider that sends again what was not answered."""
import hashlib
import random
import threading
import time

from history import Report, Told
from victim import Unreachable, keys_of, step_of

PATIENCE = 60.0  # an event that gets no answer for so long ends the run


class Carrier:
    """Delivers an event until it is answered, and remembers event and answer to repeat them later."""

    def __init__(self, victim, history, seed):
        self.victim, self.history = victim, history
        self.random = random.Random(seed)
        self.answered = []  # (target, fields, answer), SMS and starts of calls
        self.slowest = 0.0
        self.refusals = 0
        self.again = 0
        self.loose = False        # clocks are being moved by days: a conversation may end by silence in between
        self.rest = 0.02          # seconds before a worker tries again what was not kept
        self.may_not_note = False  # the store or the vault may be away, and what needs them is then not called noted
        self.may_refuse = False   # the store may be away for so long that a call hears "not now"
        self.lock = threading.Lock()

    def deliver(self, target, fields, repeatable=True, patient=True):
        """The answer. Not patient: None when the server is dead at the moment."""
        event = fields.get("id") or fields.get("call", "")
        until = time.monotonic() + PATIENCE
        while True:
            if not patient and not self.victim.ready.is_set():
                return None
            if not self.victim.ready.wait(PATIENCE) or time.monotonic() > until:
                raise RuntimeError("the server did not come back")
            started = time.monotonic()
            try:
                status, body = self.victim.post(target, fields)
                break
            except Unreachable:
                if not patient:
                    return None
                with self.lock:
                    self.again += 1
                time.sleep(0.01)
        with self.lock:
            self.slowest = max(self.slowest, time.monotonic() - started)
            if status != 200:
                self.history.surprises.append(f"I8 event {event} was answered with {status}")
            if told_not_kept(body):
                self.refusals += 1  # nothing was committed under this event
            elif repeatable and not told_arrived(body):
                self.answered.append((target, fields, body))
        return body

    def await_drained(self):
        """Until what was spooled has been taken."""
        self.victim.await_drained()

    def clocks_agree(self):
        """No clock was moved just now, so that what was said last is also the last by the clock."""
        return True

    def repeat(self, how_many=None):
        """Sends events again that were answered: the newest, or all."""
        with self.lock:
            chosen = self.answered[-how_many:] if how_many else list(self.answered)
        for target, fields, first in chosen:
            later = self.deliver(target, fields, repeatable=False, patient=how_many is None)
            if later is None:
                return
            if told_arrived(later):  # the store was silent just then, and this is true; what it says afterwards is compared
                if how_many is not None:
                    continue
                self.await_drained()
                later = self.deliver(target, fields, repeatable=False)
            self.history.repeats.append((fields.get("id") or fields.get("call"), first, later))


def told_not_kept(body):
    keys = keys_of(body)
    return "common.not_kept" in keys or "common.not_now" in keys


def told_arrived(body):
    """It is in the spool; its answer is sent later, and a repeat of it is answered with nothing."""
    return "common.arrived" in keys_of(body)


class Worker:
    def __init__(self, carrier, number, seed):
        self.carrier, self.number = carrier, number
        self.random = random.Random(f"{seed}/{number}")
        self.sent = 0
        self.done = 0
        self.report = None
        self.strayed = False  # the report before was loose and left something unsaid
        self.group = 0

    def run(self, stop):
        while not stop.is_set():
            self.one_report()
            self.done += 1

    def fresh(self, what):
        self.sent += 1
        return f"{what} {self.number[-4:]} {self.sent} {self.random.getrandbits(48):012x}"

    def surprise(self, wanted, body):
        told_the_truth = self.carrier.may_not_note and "contact_mode.not_noted.say" in keys_of(body)
        if not self.report.loose and not told_the_truth:
            self.carrier.history.surprises.append(f"I2 {self.number} waited for {wanted} and heard {keys_of(body)}")

    def begin(self):
        self.report = Report(self.number, loose=self.carrier.loose or self.strayed)
        self.carrier.history.reports.append(self.report)
        self.group = 0


class Texter(Worker):
    """Reports by text; sometimes two texts are in flight together."""

    def send(self, words):
        """The answer to one text. Told that it was not kept, a worker sends it again: another event."""
        while True:
            self.sent += 1
            event = f"SM{self.number[-4:]}x{self.sent}"
            body = self.carrier.deliver("/hooks/demo/sms", {"from": self.number, "id": event, "text": words})
            if told_arrived(body):  # the answer is a text of its own, which nobody reads here: begin anew
                self.carrier.await_drained()
                raise Arrived()
            if not told_not_kept(body):
                return body
            time.sleep(self.carrier.rest)

    def expect(self, words, wanted):
        body = self.send(words)
        if wanted not in keys_of(body):
            self.surprise(wanted, body)
            raise Astray()
        return body

    def tell(self, name, words, wanted):
        told = Told(self.group, name, words)
        self.report.told.append(told)
        agreed = self.carrier.clocks_agree()
        try:
            body = self.send(words)
        except Arrived:  # an acknowledgement of its own: it is part of what is told
            told.arrived = True
            told.acknowledged = agreed and self.carrier.clocks_agree() and not self.report.loose
            if name != "story" or not told.acknowledged:
                raise
            return  # the story goes on, whatever is said next
        told.acknowledged = wanted in keys_of(body) or name == "story" and not keys_of(body)  # later ones: no words
        if not told.acknowledged:
            self.surprise(wanted, body)
            raise Astray()

    def together(self, *jobs):
        answers = [None] * len(jobs)

        def do(index):
            try:
                answers[index] = jobs[index]()
            except Astray:
                pass
        threads = [threading.Thread(target=do, args=(index,)) for index in range(len(jobs))]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        return answers

    def one_report(self):
        self.begin()
        try:
            self.way_of_a_report()
            self.strayed = False
        except Astray:
            self.strayed = self.report.loose
            self.leave()

    def leave(self):
        """X leaves whatever this is, unless it is only kept for later or a number is offered; then once more."""
        while True:
            try:
                body = self.send("X")
                if "hotline.safe_to_text.menu" not in keys_of(body):
                    return body
            except Astray:
                continue

    def way_of_a_report(self):
        for words, wanted in (("hi", "hotline.language.sms"), ("1", "hotline.danger_now.menu"),
                              ("2", "hotline.main.menu"), ("2", "hotline.what_happened.menu"),
                              ("1", "hotline.story.sms")):
            self.expect(words, wanted)
        for _ in range(self.random.randrange(1, 4)):
            self.group += 1
            in_flight = self.random.choice((1, 1, 2))
            stories = [self.fresh("story") for _ in range(in_flight)]
            self.together(*[lambda words=words: self.tell("story", words, "common.story_more") for words in stories])
        if self.random.random() < 0.5:
            self.file_at_once()
        else:
            self.expect("1", "hotline.keep.menu")
            self.saved(self.send("1"))
        for name, wanted in (("where", "hotline.who.sms"), ("who", "hotline.still.sms"),
                             ("still", "contact_mode.reach.menu")):
            self.group += 1
            self.tell(name, self.fresh(name), wanted)
        if self.random.random() < 0.5:
            self.expect("1", "hotline.safe_to_text.menu")
        else:  # with a text, at these hours
            self.expect("2", "contact_mode.when_text.menu")
            self.expect(self.random.choice(("1", "2", "3", "4")), "contact_mode.check_in.menu")
            self.expect(self.random.choice(("1", "2")), "hotline.safe_to_text.menu")
        wanted = self.random.choice((("1", "hotline.receipt.sms"), ("2", "hotline.no_code.say")))
        self.expect(*wanted)

    def file_at_once(self):
        """Two '1' in flight: one ends the story, the other keeps the report. Any other pair of answers is a lost turn."""
        bodies = self.together(lambda: self.send("1"), lambda: self.send("1"))
        if None in bodies:
            raise Astray()
        heard = [keys_of(body) for body in bodies]
        keep = sum("hotline.keep.menu" in keys for keys in heard)
        saved = sum("hotline.saved.say" in keys for keys in heard)
        self.report.saved = saved == 1
        unsaved = sum("hotline.not_saved.say" in keys for keys in heard)
        if unsaved:
            raise Astray()
        if (keep, saved) != (1, 1):
            if not self.report.loose:
                self.carrier.history.surprises.append(f"I2 {self.number}: no order of two texts explains {heard}")
            raise Astray()

    def saved(self, body):
        self.report.saved = "hotline.saved.say" in keys_of(body)
        if "hotline.not_saved.say" in keys_of(body):
            raise Astray()  # no code was ready in time: the worker was told the truth
        if not self.report.saved:
            self.surprise("hotline.saved.say", body)
            raise Astray()


class Caller(Worker):
    """Reports by voice; the recordings lie at the provider until they are fetched."""

    def __init__(self, carrier, number, seed, provider):
        super().__init__(carrier, number, seed)
        self.provider = provider

    def step(self, answer, fields, wanted, again=20):
        target = step_of(answer)
        if not target and self.carrier.may_refuse:
            raise Astray()  # the call has ended: "not now"
        asked = keys_of(answer)
        body = self.carrier.deliver(target, {"from": self.number, "call": self.call, **fields}, repeatable=False)
        body = self.after_a_moment(body, wanted)
        if "keys" in fields and keys_of(body) == asked and again:
            # a key pressed while the store was away is asked for again
            return self.step(body, fields, wanted, again - 1)
        if "hotline.not_saved.say" in keys_of(body) or self.carrier.may_refuse and "common.not_now" in keys_of(body):
            raise Astray()  # no code was ready in time, or no store: the worker was told the truth
        if wanted not in keys_of(body):
            self.surprise(wanted, body)
            raise Astray()
        return body

    def after_a_moment(self, body, wanted=""):
        """"One moment": come back, as a provider does. At a dead store a message is left after the tone."""
        for _ in range(6):
            if wanted in keys_of(body) or not step_of(body) or "common.one_moment" not in keys_of(body):
                break
            body = self.carrier.deliver(step_of(body), {"from": self.number, "call": self.call, "continued": True},
                                        repeatable=False)
        if "common.message_held" in keys_of(body):
            raise Arrived()
        if "common.message_now" in keys_of(body):
            self.leave_message(body)
        return body

    def leave_message(self, body):
        """It becomes a report of its own, or a part of this call's, wherever."""
        self.group += 1
        told, fields = self.sound("")
        self.set_apart(told)
        body = self.carrier.deliver(step_of(body), {"from": self.number, "call": self.call, **fields}, repeatable=False)
        self.set_apart(told, "common.message_held" in keys_of(body))
        raise Astray()

    def set_apart(self, told, held=False):
        """What nobody had a question for is reported by itself."""
        if told in self.report.told:
            self.report.told.remove(told)
        if not any(told in report.told for report in self.carrier.history.reports):
            self.carrier.history.reports.append(Report(self.number, [told], loose=self.report.loose))
        told.arrived = told.arrived or held
        if held:
            told.acknowledged = True
            next(report for report in self.carrier.history.reports if told in report.told).saved = True

    def sound(self, name):
        """(what is told, the fields that tell it)"""
        recording = f"RE{self.number[-4:]}x{self.sent}x{self.group}"
        sound = self.provider.keep(recording, self.random)
        told = Told(self.group, name, hashlib.sha256(sound).hexdigest(), recording=recording)
        return told, {"recorded": {"id": recording, "seconds": 7, "url": self.provider.url(recording)}}

    def one_report(self):
        self.begin()
        self.sent += 1
        self.call = f"CA{self.number[-4:]}x{self.sent}"
        try:
            self.way_of_a_report()
        except Astray:
            time.sleep(self.carrier.rest)
        self.carrier.deliver("/hooks/demo/voice/status",
                             {"from": self.number, "call": self.call, "status": "completed"}, repeatable=False)

    def record(self, answer, name, wanted):
        self.group += 1
        told, fields = self.sound(name)
        self.report.told.append(told)
        try:
            body = self.step(answer, fields, wanted)
        except Arrived:
            self.set_apart(told, True)
            raise
        told.acknowledged = True
        return body

    def way_of_a_report(self):
        body = self.carrier.deliver("/hooks/demo/voice", {"from": self.number, "call": self.call})
        body = self.after_a_moment(body)
        for keys, wanted in (("1", "hotline.danger_now.menu"), ("2", "hotline.main.menu"),
                             ("2", "hotline.what_happened.menu"), ("1", "hotline.story.prompt")):
            body = self.step(body, {"keys": keys}, wanted)
        body = self.record(body, "story", "hotline.keep.menu")
        body = self.step(body, {"keys": "1"}, "hotline.where.prompt")
        self.report.saved = True
        body = self.record(body, "where", "hotline.who.prompt")
        body = self.record(body, "who", "hotline.still.prompt")
        body = self.record(body, "still", "contact_mode.reach.menu")
        if self.random.random() < 0.5:
            self.step(body, {"keys": "1"}, "hotline.receipt.voice")
        else:
            body = self.step(body, {"keys": "2"}, "contact_mode.when_text.menu")
            body = self.step(body, {"keys": self.random.choice(("1", "2", "3", "4"))}, "contact_mode.check_in.menu")
            self.step(body, {"keys": self.random.choice(("1", "2"))}, "hotline.receipt.voice")


class Astray(Exception):
    """The conversation went another way than the script of the worker."""


class Arrived(Astray):
    """What was said is in the spool, and the answer comes later, by another way."""
