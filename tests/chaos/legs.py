"""Phones as Twilio presents them to us by call: of whoever calls, and of whoever is called. What gets no answer is posted again.

Standard library only. Threading: one thread.
"""
import http.client
import re
import time
import xml.etree.ElementTree
from dataclasses import dataclass, field

from victim import TWILIO_LINE

PATIENCE = 60.0  # seconds: a webhook that gets no answer for so long ends the run


def path_of(url, public_url):
    """Where a request to this address of ours goes."""
    url = url.split("#")[0]
    return url[len(public_url):] if url.startswith(public_url) else url


@dataclass
class Leg:
    """`stage`: has victim, public_url and heal()."""
    stage: object
    sid: str
    whose: str  # the phone's number
    ours: str = TWILIO_LINE
    outbound: bool = False  # we have called it
    status_url: str = "/hooks/main/voice/status"
    now: object = field(default_factory=lambda: xml.etree.ElementTree.Element("Response"))

    def form(self, status):
        ends = {"From": self.ours, "To": self.whose} if self.outbound else {"From": self.whose, "To": self.ours}
        return {"CallSid": self.sid, "CallStatus": status, "ApiVersion": "2010-04-01",
                "Direction": "outbound-api" if self.outbound else "inbound", **ends}

    def post(self, target, status="in-progress", **more):
        """The body of the answer. A server that has died is started again first, as a provider's next try would find it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.stage.heal()
            wire = http.client.HTTPConnection("127.0.0.1", self.stage.victim.port, timeout=8)
            try:
                code, body = self.stage.victim.post_as_twilio(target, {**self.form(status), **more}, wire)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            finally:
                wire.close()
            if code // 100 != 2:
                raise RuntimeError(f"{target.split('?')[0]} was answered with {code}")
            return body
        raise RuntimeError("the server did not come back")

    def go(self, target, **more):
        body = self.post(target, **more)
        self.now = xml.etree.ElementTree.fromstring(body) if body else xml.etree.ElementTree.Element("Response")
        return self

    def ring(self):
        self.now = xml.etree.ElementTree.fromstring(self.post("/hooks/main/voice", "ringing"))
        return self

    def press(self, keys):
        """Answers the Gather; "" is silence."""
        return self.go(self.step("Gather"), Digits=keys)

    def leave_room(self):
        return self.go(self.step("Dial"), DialCallStatus="completed")

    def ends(self, word="completed"):
        self.post(path_of(self.status_url, self.stage.public_url), word)

    def step(self, verb):
        found = self.now.find(f".//{verb}")
        if found is None:
            raise RuntimeError(f"{self.whose[-4:]} was offered no {verb}: {self.words()}")
        return path_of(found.get("action"), self.stage.public_url)

    def has(self, verb):
        return self.now.find(f".//{verb}") is not None

    def room(self):
        """"" : it is in none."""
        found = self.now.find(".//Conference")
        return found.text if found is not None else ""

    def words(self):
        return " ".join(say.text or "" for say in self.now.iter("Say"))


def text_of(source, key, language="en"):
    """The shared words under this key; of those that fill in nothing."""
    with open(f"{source}/locales/{language}/common.yaml", encoding="utf-8") as file:
        return re.search(rf'^  {key}: "([^"]*)"', file.read(), re.M).group(1)
