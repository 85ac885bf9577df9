"""Short, sure scenes for bugs that were put in on purpose. A scene plays in a world without a population; what it was told
goes into the world's history and facts, and the judge has the last word. No luck: the moment that matters is held.
"""
import os
import signal
import threading
import time

from faults import DAY, LEASES_OVER
from history import Report, Told
from victim import keys_of
from workers import told_arrived, told_not_kept

TO_THE_STORY = ("hi", "1", "2", "2", "1")


class Phone:
    """One worker who texts, a word at a time."""

    def __init__(self, world, number):
        self.world, self.number, self.sent = world, number, 0
        self.report = Report(number)
        world.history.reports.append(self.report)

    def event(self, words):
        self.sent += 1
        return {"from": self.number, "id": f"SM{self.number[-4:]}x{self.sent}", "text": words}

    def say(self, words):
        return keys_of(self.world.carrier.deliver("/hooks/demo/sms", self.event(words)))

    def say_slowly(self, *all_words):
        for words in all_words:
            self.say(words)
            time.sleep(0.06)  # a bug that commits late has committed by then

    def tell(self, words):
        keys = self.say(words)
        self.report.told.append(Told(len(self.report.told) + 1, "story", words, "common.story_more" in keys))

    def file(self):
        self.say("1")
        time.sleep(0.06)
        self.report.saved = "hotline.saved.say" in self.say("1")


def told_and_killed(world):
    """A report is said to be saved, and the server dies at once."""
    world.begin(working=False)
    phone = Phone(world, "+15550701001")
    phone.say_slowly(*TO_THE_STORY)
    phone.tell("he took my pay 1001")
    time.sleep(0.06)
    phone.file()
    world.gateways[0].gone()
    world.gateways[0].kill()


def sent_again(world):
    """The provider brings an event again that was answered."""
    world.begin(working=False)
    phone = Phone(world, "+15550701002")
    phone.say_slowly(*TO_THE_STORY)
    phone.tell("he took my pay 1002")
    world.carrier.repeat()
    phone.file()


def sent_again_after_a_jump(world):
    """The store's clock goes three days ahead and comes back; then an event comes again."""
    world.begin(working=False)
    phone = Phone(world, "+15550701003")
    phone.say_slowly(*TO_THE_STORY)
    phone.tell("he took my pay 1003")
    world.move_clock(3 * DAY, "redis")
    time.sleep(0.6)
    world.store.ask("PING")
    world.move_clock(-3 * DAY, "redis")
    world.carrier.repeat(1)
    phone.file()


def two_at_once(world):
    """Two texts of one worker at two servers: the first is held before its commit until the second is answered."""
    world.begin(working=False)
    phone = Phone(world, "+15550701004")
    phone.say_slowly(*TO_THE_STORY)
    phone.tell("he took my pay 1004")
    first, second = world.gateways
    restarted(first, "before_commit:1:halt", world.bug)
    heard, events = [None, None], [phone.event("1"), phone.event("1")]

    def send(index, gateway):
        heard[index] = keys_of(gateway.post("/hooks/demo/sms", events[index], timeout=20.0)[1])
    held = threading.Thread(target=send, args=(0, first))
    held.start()
    until_stopped(first)
    send(1, second)
    first.process.send_signal(signal.SIGCONT)
    held.join()
    first.back()
    keep = sum("hotline.keep.menu" in keys for keys in heard)
    phone.report.saved = sum("hotline.saved.say" in keys for keys in heard) == 1
    if keep != 1 or not phone.report.saved:
        world.history.surprises.append(f"I2 {phone.number}: no order of two texts explains {heard}")


def cry_between_halves(world):
    """A cry for help; the server dies after the commit that files it."""
    world.begin(working=False, plan="between_halves:1")
    world.give_work(1, 0)
    until = time.monotonic() + 2.0
    while not world.gateways[0].is_dead() and time.monotonic() < until:
        time.sleep(0.01)
    world.gateways[0].gone()
    world.gateways[0].kill()
    world.gateways[0].rise(bug=world.bug)
    world.cries.join()


def power_after_saved(world):
    """A report is said to be saved, and the power goes at once; three times."""
    world.begin(working=False)
    for index in range(3):
        phone = Phone(world, f"+1555070101{index}")
        phone.say_slowly(*TO_THE_STORY)
        phone.tell(f"he took my pay 101{index}")
        phone.file()
        world.cut_power()
        world.restore_power()


def killed_with_a_claim(world):
    """A reply was claimed and not yet marked, and the server dies."""
    world.begin(working=False, plan="before_mark:1")
    world.give_work(0, 1)
    world.gateways[0].bury(10.0)
    world.gateways[0].gone()
    world.pass_time(LEASES_OVER)
    world.gateways[0].rise(bug=world.bug)
    world.pass_time(LEASES_OVER)


def zombie_sender(world):
    """A server sleeps with a claimed reply until its lease is over, and wakes while another one is sending it."""
    first, second = world.gateways
    world.begin(working=False, plan="before_mark:1:halt", only=1)
    world.misbehave([{"do": "accept", "chance": 1.0, "wait_ms": 2500}], none=True)
    world.give_work(0, 1)
    until_stopped(first)
    first.gone()
    world.pass_time(LEASES_OVER)
    second.rise(bug=world.bug)
    world.wait_for(lambda states: any(state["phase"] == 2 for state in states))
    first.process.send_signal(signal.SIGCONT)
    first.back()
    world.wait_for(lambda states: all(state["phase"] == 5 for state in states))


def arrived_and_power_gone(world):
    """The store is gone; a cry is told to have arrived; the power goes while it is written and not yet synced."""
    world.begin(working=False, plan="mid_spool_append:1:halt")
    told, server = cry_to_come(world, 1), world.gateways[0]
    until_ready(server)
    world.store.kill()
    said = threading.Thread(target=lambda: tell_once(world, told, 1))
    said.start()
    until_stopped(server, 15.0)
    time.sleep(0.1)  # an answer that left before is read
    world.cut_power()
    said.join()
    world.restore_power()
    world.carrier.await_drained(30)
    if not told.acknowledged:  # nobody answered: the provider says it again
        tell_once(world, told, 1)


def killed_while_drained(world):
    """What was spooled is committed, and the server dies before it is marked as drained."""
    world.begin(working=False, plan="mid_drain:1")
    told = cry_to_come(world, 2)
    until_ready(world.gateways[0])
    world.store.kill()
    tell_once(world, told, 2)
    world.store.start()
    world.gateways[0].bury(20.0)
    world.gateways[0].gone()
    world.gateways[0].rise(bug=world.bug)
    world.carrier.await_drained(30)


def told_without_a_store(world):
    """What is said to a text while nothing can be looked up, or filed."""
    world.begin(working=False)
    told = cry_to_come(world, 3)
    world.store.kill()
    tell_once(world, told, 3)
    world.store.start()
    world.carrier.await_drained(30)


def functions_gone_under_a_text(world):
    """The store's functions are flushed, and a text goes by the spool before anybody has noticed."""
    world.begin(working=False)
    told = cry_to_come(world, 4)
    world.store.ask("FUNCTION", "FLUSH")
    tell_once(world, told, 4)
    try:
        world.carrier.await_drained(10)
    except RuntimeError as late:
        world.failures.append(f"P4 {late}")


def cry_to_come(world, index):
    told = Told(1, "", f"help me they have my passport {index}")
    world.history.reports.append(Report(f"+1555070200{index}", [told], True))
    return told


def tell_once(world, told, index):
    """One try of the provider's."""
    fields = {"from": f"+1555070200{index}", "id": f"SMcry{index}", "text": told.words}
    body = world.carrier.ask(world.gateways[0], "/hooks/demo/sms", fields)
    told.acknowledged = body is not None and not told_not_kept(body)
    told.arrived = body is not None and told_arrived(body)


def many_at_once(world):
    """A slow line's server sleeps while twelve replies are posted, so that all are due when it wakes."""
    world.begin(working=False)
    server = world.gateways[0]
    server.gone()
    server.process.send_signal(signal.SIGSTOP)
    world.give_work(0, 12)
    server.process.send_signal(signal.SIGCONT)
    server.back()
    world.wait_for(lambda states: len(states) == 12 and all(state["phase"] == 5 for state in states))


def until_ready(gateway, budget=15.0):
    """One that has a plan is not waited for by itself."""
    until = time.monotonic() + budget
    while not gateway.ready.is_set() and time.monotonic() < until:
        if gateway.await_ready(0, may_die=True):
            gateway.ready.set()


def restarted(gateway, plan, bug):
    gateway.gone()
    gateway.stop()
    gateway.rise(plan, bug)


def until_stopped(gateway, budget=10.0):
    """Until it halts at its named point."""
    until = time.monotonic() + budget
    while time.monotonic() < until:
        with open(f"/proc/{gateway.process.pid}/stat") as stat:
            if stat.read().rsplit(")", 1)[1].split()[0] == "T":
                return
        time.sleep(0.01)
    raise RuntimeError(f"server {os.path.basename(gateway.folder)} did not come to its named point")
