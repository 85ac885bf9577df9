"""Media: the sound of one call. RTP over UDP on loopback: a packet goes out every 20 ms, silence where nothing is played; what
comes in is recorded while somebody asks for it, and the keys of RFC 4733 are told apart. Two threads; any thread may ask.

A machine that is late makes the call longer: packets are never sent in a burst, so that whoever hears them loses none.
"""
import collections
import random
import socket
import struct
import threading
import time

from sound import FRAME, QUIET, RATE, is_loud
from victim import free_port

SECOND = RATE // FRAME  # packets
PCMU, EVENTS = 0, 101   # payload types
KEYS = "0123456789*#"


class HungUp(Exception):
    """The call is over."""


def udp_socket():
    for _ in range(100):
        wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            wire.bind(("127.0.0.1", free_port()))
            wire.settimeout(0.2)
            return wire
        except OSError:
            wire.close()
    raise RuntimeError("there is no free port")


class Media:
    def __init__(self):
        self.wire = udp_socket()
        self.port = self.wire.getsockname()[1]
        self.news = threading.Condition()  # guards what follows
        self.waiting = collections.deque()  # packets that are still to be played
        self.keys = collections.deque()
        self.sent = 0                       # packets
        self.tape, self.tape_begins, self.loud_at = None, None, 0.0
        self.last_event = None
        self.over = False
        self.threads = []

    def start(self, peer):
        """To whom sound is sent: (address, port)."""
        for work in (lambda: self._send(peer), self._receive):
            self.threads.append(threading.Thread(target=work, daemon=True))
            self.threads[-1].start()

    def close(self):
        with self.news:
            self.over = True
            self.news.notify_all()
        for thread in self.threads:
            thread.join(5)
        self.wire.close()

    # --- what a call does with it ------------------------------------------------------------------------------------
    def play(self, mulaw, until_key=False, begins=None):
        """The number of packets that were played: of all, or until a key came. `begins` is told which packet is the first."""
        frames = [mulaw[at:at + FRAME].ljust(FRAME, b"\xff") for at in range(0, len(mulaw), FRAME)]
        with self.news:
            if until_key and self.keys:
                return 0
            self.waiting.extend(frames)
            if begins:
                begins(self.sent)
            self._wait(lambda: not self.waiting or (until_key and self.keys))
            left = len(self.waiting)
            self.waiting.clear()
            return len(frames) - left

    def key(self, seconds):
        """The next key, or None."""
        with self.news:
            self._wait(lambda: self.keys, seconds)
            return self.keys.popleft() if self.keys else None

    def forget_keys(self):
        with self.news:
            self.keys.clear()

    def record(self, stops, longest, silence, begins):
        """(mu-law, the key that ended it or ""): until such a key, so many seconds, or so many of silence. `begins`: keys count from here."""
        with self.news:
            self.keys.clear()
            begins()
            self.tape, self.tape_begins, self.loud_at = bytearray(), None, time.monotonic()
            began, key = time.monotonic(), ""
            while not key and time.monotonic() - began < longest and time.monotonic() - self.loud_at < silence:
                self._wait(lambda: self.keys, 0.1)
                pressed = self.keys.popleft() if self.keys else ""
                key = pressed if pressed in stops else ""
            tape, self.tape = bytes(self.tape), None
            return tape, key

    def _wait(self, done, seconds=None):
        self.news.wait_for(lambda: done() or self.over, seconds)
        if self.over:
            raise HungUp()

    # --- the wire ----------------------------------------------------------------------------------------------------
    def _send(self, peer):
        source, first, due = random.getrandbits(32), random.getrandbits(31), time.monotonic()
        while not self.over:
            with self.news:
                frame = self.waiting.popleft() if self.waiting else QUIET
                number, self.sent = self.sent, self.sent + 1
                if not self.waiting:
                    self.news.notify_all()
            mark = 0x80 if number == 0 else 0
            head = struct.pack(">BBHII", 0x80, mark | PCMU, number & 0xffff, (first + number * FRAME) & 0xffffffff, source)
            self.wire.sendto(head + frame, peer)
            due = max(due + 1 / SECOND, time.monotonic() - 1 / SECOND)
            time.sleep(max(0.0, due - time.monotonic()))

    def _receive(self):
        while not self.over:
            try:
                packet = self.wire.recv(2048)
            except (TimeoutError, ConnectionError):  # nothing came; whom we send to has gone
                continue
            if len(packet) <= 12 or packet[0] != 0x80:
                continue
            kind, stamp = packet[1] & 0x7f, int.from_bytes(packet[4:8], "big")
            with self.news:
                if kind == PCMU:
                    self._take_sound(stamp, packet[12:])
                elif kind == EVENTS and stamp != self.last_event:  # each key comes in a dozen packets of one time
                    self.last_event = stamp
                    if packet[12] < len(KEYS):
                        self.keys.append(KEYS[packet[12]])
                        self.news.notify_all()

    def _take_sound(self, stamp, payload):
        """At its place by its time: what was lost is silence, what comes too late is left out."""
        if self.tape is None:
            return
        if self.tape_begins is None:
            self.tape_begins = stamp
        place = (stamp - self.tape_begins) & 0xffffffff
        if len(self.tape) <= place < len(self.tape) + 60 * RATE:
            self.tape.extend(b"\xff" * (place - len(self.tape)) + payload)
            if is_loud(payload):
                self.loud_at = time.monotonic()
