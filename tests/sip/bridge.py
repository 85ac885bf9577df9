"""Bridge: what a phone company is to us, for one real call: SIP and RTP on the one side, Twilio's webhooks, TwiML and recordings on the
other. A test's, not a media server: it knows the verbs that we send, and what it does not know fails the test.

What the caller is played is the very bytes of the server's media address; a <Say> is a hum as long as its words. A recording is
kept until it is deleted (recordings.py).
"""
import hashlib
import http.client
import secrets
import threading
import time
import urllib.request
import xml.etree.ElementTree as ElementTree

from agent import Agent
from media import SECOND, HungUp, Media
from recordings import Recordings
from sound import RATE, decoded, hum, mulaw_of, trimmed, wav_of
from victim import TWILIO_LINE

LETTER = 0.06  # seconds that a machine needs to speak one
TONE = hum(0.25, half_wave=4)


class Played:
    """A sound that the caller was played: its names, from which packet of the call on, how many packets; None while it goes on."""

    def __init__(self, names, mulaw, start):
        self.names, self.mulaw, self.start, self.packets = names, mulaw, start, None


class Call:
    """One call, from the first ring to the end, in a thread of its own. Everything that is read here only grows."""

    def __init__(self, dialog, victim, recordings, names):
        self.dialog, self.victim, self.recordings, self.names = dialog, victim, recordings, names
        self.media, self.clips, self.sid = Media(), {}, "CA" + secrets.token_hex(16)
        self.caller = dialog.invite.number_in("from")
        self.line = dialog.invite.number_in("to")
        self.played, self.taped, self.tapes_begun, self.answers = [], [], 0, 0  # taped: (id, file) of what was not silent
        self.failure, self.later = None, []
        dialog.on_end = self._hung_up
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _hung_up(self):
        with self.media.news:
            self.media.over = True
            self.media.news.notify_all()

    def close(self):
        self.dialog.bye()
        self.thread.join(20)

    # --- Twilio's side -----------------------------------------------------------------------------------------------
    def _run(self):
        try:
            if self.line != TWILIO_LINE:
                raise RuntimeError(f"somebody called {self.line}")
            twiml = self._post("/hooks/main/voice", {}, "ringing")
            peer = self.dialog.sound_of_theirs()
            self.dialog.answer(self.media.port)
            self.media.start(peer)
            while twiml:
                self.answers += 1
                twiml = self._perform(ElementTree.fromstring(twiml))
                self._tell_of_recordings()
            self.dialog.bye()
        except HungUp:
            pass
        except Exception as broken:  # the test asks for it
            self.failure = broken
            self.dialog.bye()
        self.media.close()
        try:
            self._tell_of_recordings()
            self._post("/hooks/main/voice/status", {}, "completed")
        except Exception as broken:
            self.failure = self.failure or broken

    def _post(self, target, fields, status="in-progress", wanted=200):
        form = {"CallSid": self.sid, "From": self.caller, "CallStatus": status, "Direction": "inbound", **fields}
        wire = http.client.HTTPConnection("127.0.0.1", self.victim.port, timeout=15)  # so long waits Twilio
        try:
            code, body = self.victim.post_as_twilio(target, form, wire)
        finally:
            wire.close()
        if code != wanted:
            raise RuntimeError(f"a webhook was answered with {code}: {target.split('?')[0]}")
        return body

    def _go(self, url, fields):
        if not url.startswith(self.victim.public_url + "/"):
            raise RuntimeError(f"a step outside of our public address: {url}")
        return self._post(url[len(self.victim.public_url):], fields)

    def _perform(self, response):
        """The next TwiML; nothing at the end of the call."""
        verbs = {"Play": self._play, "Say": self._say, "Pause": self._pause, "Gather": self._gather, "Record": self._record,
                 "Redirect": self._redirect, "Hangup": self._hangup}
        for verb in response:
            if verb.tag not in verbs:
                raise RuntimeError(f"the bridge knows no <{verb.tag}>")
            after = verbs[verb.tag](verb)
            if after is not None:
                return after
        return b""

    def _play(self, verb, until_key=False):
        digest = verb.text.rsplit("/", 1)[-1].removesuffix(".wav")
        if digest not in self.names:
            raise RuntimeError(f"nobody knows the sound {verb.text}")
        self._sound(self._clip(verb.text), self.names[digest], until_key)

    def _say(self, verb, until_key=False):
        self._sound(hum(len(verb.text) * LETTER), ("<Say>",), until_key)

    def _pause(self, verb, until_key=False):
        self.media.play(b"\xff" * int(RATE * float(verb.get("length", "1"))), until_key)

    def _sound(self, mulaw, names, until_key=False):
        entry = None

        def begins(packet):
            nonlocal entry
            entry = Played(names, mulaw, packet)
            self.played.append(entry)
        try:
            packets = self.media.play(mulaw, until_key, begins)
        except HungUp:
            packets = max(0, self.media.sent - entry.start) if entry else 0
            raise
        finally:
            if entry:
                entry.packets = packets

    def _clip(self, url):
        """mu-law from the media address, which must be what its name says."""
        if url not in self.clips:
            if not url.startswith(self.victim.public_url + "/media/"):
                raise RuntimeError(f"a sound from elsewhere: {url}")
            with urllib.request.urlopen(url, timeout=15) as answer:
                wav = answer.read()
            if hashlib.sha256(wav).hexdigest() not in url:
                raise RuntimeError(f"this is not what its address says: {url}")
            self.clips[url] = mulaw_of(wav)
        return self.clips[url]

    def _gather(self, verb):
        self.media.forget_keys()
        for inner in verb:
            {"Play": self._play, "Say": self._say, "Pause": self._pause}[inner.tag](inner, until_key=True)
        most, ends, digits, ended = int(verb.get("numDigits", "0")), verb.get("finishOnKey", "#"), "", ""
        while not most or len(digits) < most:
            key = self.media.key(float(verb.get("timeout", "5")))
            if key is None or key in ends:
                ended = key or ""
                break
            digits += key
        if not digits and verb.get("actionOnEmptyResult") != "true":
            return None
        return self._go(verb.get("action"), {"Digits": digits, "FinishedOnKey": ended, "msg": "Gather End"})

    def _record(self, verb):
        """Silence is no recording: Twilio then goes on to the next verb."""
        if verb.get("playBeep", "true") == "true":
            self._sound(TONE, ("<tone>",))

        def begins():
            self.tapes_begun += 1
        tape, key = self.media.record(verb.get("finishOnKey", "1234567890*#"), float(verb.get("maxLength", "3600")),
                                      float(verb.get("timeout", "5")), begins)
        tape = trimmed(tape)
        if not tape:
            return None
        wav = wav_of(decoded(tape))
        name, url = self.recordings.keep(wav)
        self.taped.append((name, wav))
        about = {"RecordingSid": name, "RecordingUrl": url, "RecordingDuration": str(max(1, round(len(tape) / RATE)))}
        callback = verb.get("recordingStatusCallback")
        if callback:
            self.later.append((callback, {**about, "RecordingStatus": "completed"}))
        return self._go(verb.get("action"), {**about, "Digits": key})

    def _redirect(self, verb):
        return self._go(verb.text, {})

    def _hangup(self, _):
        return b""

    def _tell_of_recordings(self):
        while self.later:
            url, fields = self.later.pop(0)
            self._post(url[len(self.victim.public_url):], fields, wanted=204)

    # --- what the test waits for -------------------------------------------------------------------------------------
    def heard_so_far(self):
        return " ".join(one.names[0] for one in self.played)

    def _await(self, what, find, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            over = self.dialog.ended.is_set()  # before the question: what came last is still seen
            found = find()
            if self.failure:
                raise self.failure
            if found:
                return found
            if over:
                raise RuntimeError(f"the call ended before {what}; it heard {self.heard_so_far()}")
            time.sleep(0.02)
        raise RuntimeError(f"within {seconds} s not: {what}; it heard {self.heard_so_far()}")

    def await_heard(self, name, listen=None, seconds=60):
        """That the caller has heard a sound of this name, or so many seconds of it. Its place in `played`."""
        def find():
            for place, one in enumerate(self.played):
                packets = one.packets if one.packets is not None else self.media.sent - one.start
                if name in one.names and (one.packets is not None or (listen is not None and packets >= listen * SECOND)):
                    return place + 1
            return 0
        return self._await(f"{name} was heard", find, seconds) - 1

    def await_tape(self, number, seconds=60):
        """That the recording of this number, from 1, has begun."""
        self._await(f"the tone of recording {number}", lambda: self.tapes_begun >= number, seconds)


class Bridge:
    def __init__(self, victim, names):
        """`names`: {hash of a clip: what it is called}."""
        self.victim, self.names = victim, names
        self.recordings, self.agent, self.calls = Recordings(victim.api_base_port, victim.token), Agent(), []

    def address(self):
        return f"sip:{TWILIO_LINE}@127.0.0.1:{self.agent.port}"

    def await_call(self, seconds=20):
        self.calls.append(Call(self.agent.await_invite(seconds), self.victim, self.recordings, self.names))
        return self.calls[-1]

    def close(self):
        for call in self.calls:
            call.close()
        self.agent.close()
        self.recordings.close()
