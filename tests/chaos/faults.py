"""Everything that can be done to a world, as small objects: start, stop, describe.

`organs`: what it takes; two faults at the same time have none in common. `deaths`: how many processes it may kill.
A fault that this machine cannot make has a reason in `impossible`, and is counted as skipped.
"""
import signal
import time

from store import StoreGone

TURN_POINTS = ("after_load", "before_commit", "after_commit", "before_answer")
SEND_POINTS = ("claimed", "before_mark", "submitting", "sent", "resolved", "alert_moved")
RECORDING_POINTS = ("after_fetch", "after_seal", "before_erase", "after_erase")
SPOOL_POINTS = ("before_spool_write", "mid_spool_append", "after_spool_sync", "mid_drain")
LEASES_OVER = 21  # seconds: longer than any lease of the dispatcher
DAY = 86400


class Fault:
    impossible = ""
    holds_up = False       # sends that were let go on time may reach the provider all at once
    loose = False          # clocks are moved so far that conversations end by silence
    hold = (0.15, 0.7)     # seconds between start and stop

    def __init__(self, world, random):
        self.world, self.random = world, random
        self.organs = set()
        self.prepare()

    def prepare(self):
        pass

    def start(self):
        pass

    def stop(self):
        pass

    def describe(self):
        return type(self).__name__


class OfGateway(Fault):
    holds_up = True
    def prepare(self):
        self.gateway = self.random.choice(self.world.gateways)
        self.organs = {self.gateway.name}

    def describe(self):
        return f"{type(self).__name__} {self.gateway.name}"


class KillGateway(OfGateway):
    def start(self):
        self.gateway.gone()
        self.gateway.kill()

    def stop(self):
        self.gateway.rise(bug=self.world.bug)


class KillGatewayAtPoint(OfGateway):
    """It dies at a named point; when it does not come there in time, where it is."""
    hold = (0.4, 1.0)

    def prepare(self):
        super().prepare()
        self.point = self.random.choice(TURN_POINTS + SEND_POINTS + RECORDING_POINTS)
        self.passes = self.random.randrange(1, 8) if self.point in TURN_POINTS else self.random.randrange(1, 3)

    def start(self):
        self.gateway.gone()
        self.gateway.kill()
        self.gateway.rise(f"{self.point}:{self.passes}", self.world.bug)

    def stop(self):
        self.gateway.kill()
        self.gateway.rise(bug=self.world.bug)

    def describe(self):
        return f"{super().describe()} at {self.point}:{self.passes}"


class KillRedisAtPoint(OfGateway):
    """The store dies in the middle of what a server does; the server lives."""
    hold = (0.4, 0.9)

    def prepare(self):
        super().prepare()
        self.organs |= {"redis"}
        self.point = self.random.choice(TURN_POINTS + SEND_POINTS + RECORDING_POINTS)

    def start(self):
        self.gateway.gone()
        self.gateway.kill()
        self.gateway.rise(f"{self.point}:{self.random.randrange(1, 6)}:store", self.world.bug)
        self.gateway.back()

    def describe(self):
        return f"{super().describe()} at {self.point}"


class PauseGateway(OfGateway):
    """SIGSTOP for longer than a lease, by the store's clock: it wakes up with work that is no longer its own."""
    hold = (0.3, 1.0)

    def start(self):
        self.gateway.gone()
        self.send(signal.SIGSTOP)
        self.world.pass_time(LEASES_OVER)

    def send(self, how):
        if not self.gateway.is_dead():
            self.gateway.process.send_signal(how)

    def stop(self):
        self.send(signal.SIGCONT)
        self.gateway.back()


class KillVault(Fault):
    """In the middle of what it opens. Only of a world whose vault has a process of its own.

    A server that starts borrows its keys there before it listens, so none is killed at the same time.
    """
    holds_up = True  # replies wait until it is back

    def prepare(self):
        self.organs = {"vault", *self.world.names}

    def start(self):
        self.world.give_work(0, 2)
        self.world.vault.kill()

    def stop(self):
        self.world.vault.rise()


class PauseVault(KillVault):
    """It hears and does not answer: no question to it may last longer than its budget."""

    def start(self):
        self.world.give_work(0, 2)
        self.world.vault.process.send_signal(signal.SIGSTOP)

    def stop(self):
        self.world.vault.process.send_signal(signal.SIGCONT)


class OfRedis(Fault):
    def prepare(self):
        self.organs = {"redis"}


class KillRedis(OfRedis):
    def start(self):
        self.world.store.signal(signal.SIGKILL)


class PauseRedis(OfRedis):
    holds_up = True
    hold = (0.3, 3.0)

    def start(self):
        self.world.store.signal(signal.SIGSTOP)

    def stop(self):
        self.world.store.signal(signal.SIGCONT)


class LongPauseRedis(PauseRedis):
    """Rare: longer than any budget."""
    hold = (6.0, 12.0)


class StoreAway(OfRedis):
    """Dead for longer than a text's budget: what comes in goes by the spool, and a caller leaves a message."""
    holds_up = True
    hold = (4.5, 6.5)

    def start(self):
        self.world.store.kill()
        self.world.give_work(1, 0)

    def stop(self):
        self.world.store.start()


class KillWithSpool(OfGateway):
    """The same, and a server dies with what it holds: at a named point of the spool, or of draining it; else where it is."""
    hold = (5.0, 6.5)

    def prepare(self):
        super().prepare()
        self.organs |= {"redis"}
        self.point = self.random.choice(SPOOL_POINTS)
        self.cut = self.random.random() < 0.3  # the power of the whole world goes instead

    def start(self):
        self.gateway.gone()
        self.gateway.kill()
        self.gateway.rise(f"{self.point}:{self.random.randrange(1, 4)}", self.world.bug)
        self.world.store.kill()
        self.world.give_work(1, 0)

    def stop(self):
        if self.cut:
            self.lost = self.world.cut_power()
            self.world.restore_power()
            return
        self.world.store.start()
        until = time.monotonic() + (3.0 if self.point == "mid_drain" else 0.0)
        while not self.gateway.is_dead() and time.monotonic() < until:
            time.sleep(0.02)
        self.gateway.kill()
        self.gateway.rise(bug=self.world.bug)

    def describe(self):
        return f"{super().describe()} at {self.point}{' and the power goes' if self.cut else ''}"


class PowerCut(Fault):
    hold = (0.0, 0.2)

    def prepare(self):
        self.organs = {"redis", *self.world.names}

    def start(self):
        self.lost = self.world.cut_power()

    def stop(self):
        self.world.restore_power()

    def describe(self):
        return f"PowerCut ({getattr(self, 'lost', '?')} bytes lost)"


class DiskTrouble(OfRedis):
    what = " "

    def start(self):
        self.world.store.trouble(self.what)

    def stop(self):
        self.world.store.trouble(" ")


class DiskFull(DiskTrouble):
    what = "N"


class ShortWrites(DiskTrouble):
    what = "S"


class FsyncFails(DiskTrouble):
    what = "E"


class OfStoreSettings(OfRedis):
    """Set by the user who may do everything, and set right again whatever happens."""
    back = ()

    def tell(self, *words):
        try:
            self.world.store.ask(*words)
        except (StoreGone, RuntimeError):
            pass  # the store is away as well: then this fault did not come to pass

    def stop(self):
        if self.back:
            self.world.store.insist(*self.back)


class OutOfMemory(OfStoreSettings):
    back = ("CONFIG", "SET", "maxmemory", "0")

    def start(self):
        self.tell("CONFIG", "SET", "maxmemory", "1")


class WrongPassword(OfStoreSettings):
    back = ("ACL", "LOAD")

    def start(self):
        self.tell("ACL", "SETUSER", "caller", "resetpass", ">another")
        self.tell("CLIENT", "KILL", "USER", "caller")


class NoRights(OfStoreSettings):
    back = ("ACL", "LOAD")

    def start(self):
        self.tell("ACL", "SETUSER", "caller", self.random.choice(("-fcall", "resetkeys")))


class FunctionsGone(OfStoreSettings):
    def start(self):
        self.tell("FUNCTION", "FLUSH")


LINK_MODES = ({"delay": 0.005}, {"delay": 0.05, "jitter": 0.05}, {"delay": 0.5}, {"rate": 8000}, {"blackhole": True},
              {"half_open": True}, {"refuse": True}, {"cut": 700}, {"cut": 31}, {"stall": "up"}, {"stall": "down"})


class OfLink(Fault):
    def route(self):
        raise NotImplementedError

    def prepare(self):
        self.mode = dict(self.random.choice(LINK_MODES))
        self.reset = self.random.random() < 0.25
        self.name = self.route()
        self.organs = {"link " + self.name}

    def start(self):
        self.world.wire({"route": self.name, "mode": dict(self.mode), "reset": self.reset})

    def stop(self):
        self.world.wire({"route": self.name, "mode": {}})

    def describe(self):
        return f"{type(self).__name__} {self.name} {self.mode}{' and RST' if self.reset else ''}"


class StoreLink(OfLink):
    holds_up = True
    def route(self):
        return self.random.choice(self.world.names)


class ProviderLink(OfLink):
    holds_up = True
    def route(self):
        return "provider"


class FrontLink(OfLink):
    """Between the provider and us: receipts and answers to alerts are late, or come again."""

    def route(self):
        return "front"


MOODS = ([{"do": "accept", "chance": 1.0, "wait_ms": 10500}], [{"do": "accept_drop", "chance": 0.7}],
         [{"do": "accept_500", "chance": 0.7}], [{"do": "429", "chance": 0.8}],
         [{"do": "429", "chance": 0.8, "retry_after": 1}], [{"do": "503", "chance": 0.8}],
         [{"do": "garbage", "chance": 0.6}], [{"do": "noise", "chance": 0.6}], [{"do": "huge", "chance": 0.3}],
         [{"do": "nameless", "chance": 0.6}], [{"do": "accept_cut", "chance": 0.6}], [{"do": "drop", "chance": 0.6}])
RECEIPTS = ({"twice": True}, {"reversed": True}, {"early": True}, {"delay_ms": 800}, {"none": True},
            {"twice": True, "reversed": True, "delay_ms": 300})
WELL = {"twice": False, "reversed": False, "early": False, "delay_ms": 0, "none": False}


class ProviderMood(Fault):
    holds_up = True
    hold = (0.4, 1.0)

    def prepare(self):
        self.organs = {"provider"}
        self.mood, self.receipts = self.random.choice(MOODS), self.random.choice(({}, *RECEIPTS))

    def start(self):
        self.world.misbehave(self.mood, **self.receipts)
        self.world.give_work(0, 2)

    def stop(self):
        self.world.misbehave([], **WELL)

    def describe(self):
        return f"ProviderMood {self.mood[0]['do']} {self.receipts}"


class ClockJump(Fault):
    far = False

    def prepare(self):
        self.organs = {"clock"}
        self.who = self.random.choice(("redis", *self.world.names, "servers", None))
        small, large = (1, 300), (3 * DAY,)
        self.seconds = self.random.choice(large if self.far else small) * self.random.choice((1, -1))
        self.loose = self.far or self.seconds > 60

    def move(self, seconds):
        for who in (self.world.names if self.who == "servers" else [self.who]):
            self.world.move_clock(seconds, who)

    def start(self):
        self.move(self.seconds)

    def stop(self):
        self.move(-self.seconds)

    def describe(self):
        return f"{type(self).__name__} of {self.who or 'all'} by {self.seconds} s"


class ClockJumpByDays(ClockJump):
    far = True

    def start(self):
        self.world.facts.days_moved = True
        super().start()


ALL = (KillGateway, KillGatewayAtPoint, KillRedis, KillRedisAtPoint, PauseGateway, PauseRedis, StoreAway,
       KillWithSpool, PowerCut, DiskFull, ShortWrites, FsyncFails, OutOfMemory, WrongPassword, NoRights, FunctionsGone, StoreLink, ProviderLink, FrontLink,
       ProviderMood, ClockJump, ClockJumpByDays)
RARE = (LongPauseRedis,)
