"""A canary text, number and receipt code, searched for in the store, all files, logs, metrics and memory.

    canary_test.py --binary … --source … --folder … [--wait 5] [--full]     (--full: memory after 60 s)
"""
import http.client
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.parse

from canary import search_bytes, search_files, search_memory, searched
from proof import options_of, verdict
from victim import Victim, keys_of, step_of

NUMBER = "+15553" + str(secrets.randbelow(10**6)).zfill(6)
TWILIO_NUMBER = "+15554" + str(secrets.randbelow(10**6)).zfill(6)
TWILIO_STORY = f"Kanari {secrets.token_hex(12)} & li pran lajan m"
STORY = f"Canary zwölf {secrets.token_hex(12)} & he took my pay"
LATE = f"Canary late {secrets.token_hex(12)} & nobody answers"
PLACE = f"Zanzibar {secrets.token_hex(12)}"
EARLY_NUMBER = "+15556" + str(secrets.randbelow(10**6)).zfill(6)
EARLY_STORY = f"Canary early {secrets.token_hex(12)} & no water"
EARLY_PLACE = f"Timbuktu {secrets.token_hex(12)}"
CODE = re.compile(r"(?:\d[ .-]*){12}")


class Conversation:
    def __init__(self, victim):
        self.victim, self.sent = victim, 0
        # Kept open to the end: what an idle connection still holds is searched as well.
        self.wire = http.client.HTTPConnection("127.0.0.1", victim.port, timeout=8)

    def post(self, target, fields):
        self.sent += 1
        status, body = self.victim.post(target, {"from": NUMBER, **fields}, connection=self.wire)
        assert status == 200, (target, status)
        return body

    def by_text(self):
        # The last "2" asks to be texted: the number is kept, and is nowhere in clear.
        body = b""
        for words in ("hi", "1", "2", "2", "1", STORY, "1", "1", PLACE, "0", "0", "2"):
            body = self.post("/hooks/demo/sms", {"id": f"SM{self.sent}", "text": words})
            yield body
        while "hotline.receipt.sms" not in keys_of(body):
            body = self.post("/hooks/demo/sms", {"id": f"SM{self.sent}", "text": after_contact(body)})
            yield body

    def back_by_text(self, code):
        for words in ("hi", "1", "2", "3", code):
            yield self.post("/hooks/demo/sms", {"id": f"SM{self.sent}", "text": words})

    def left_early(self, learn):
        """Left by MENU with the number, back with it, and on at the question that was left."""
        told = ("hi", "1", "2", "2", "1", EARLY_STORY, "1", "1", "MENU", "1")
        code = ""
        for words in told + ("3", "the number", "1", EARLY_PLACE):
            body = self.post("/hooks/demo/sms", {"from": EARLY_NUMBER, "id": f"SM{self.sent}", "text": code if words == "the number" else words})
            if "hotline.number_here.sms" in keys_of(body):
                code = re.sub(r"\D", "", CODE.search(body.decode().split("hotline.number_here", 1)[-1]).group())
                learn(code)
            yield body
        assert "hotline.who.sms" in keys_of(body), keys_of(body)

    def by_twilio(self):
        before = len(self.victim.case_list())
        for words in ("hi", "1", "2", "2", "1", TWILIO_STORY, "1", "1"):
            self.sent += 1
            fields = {"MessageSid": "SM" + secrets.token_hex(16), "From": TWILIO_NUMBER, "Body": words,
                      "NumMedia": "0", "FromCity": "CANARYVILLE", "CallerName": "Canary Worker"}
            status, body = self.victim.post_as_twilio("/hooks/main/sms", fields, self.wire)
            assert status == 200, status
            yield body
        assert len(self.victim.case_list()) == before + 1, "the text through Twilio was not kept"

    def by_screen(self):
        body = self.post("/hooks/demo/ussd", {"call": "US1", "turn": 0})
        for turn, words in enumerate(("1", "2", "2", "1", STORY), 1):
            body = self.post("/hooks/demo/ussd", {"call": "US1", "turn": turn, "text": words})
            yield body

    def by_voice(self, code):
        call = {"call": "CA1"}
        body = self.post("/hooks/demo/voice", call)
        for keys in ("1", "2", "3", code):
            body = self.post(step_of(body), {**call, "keys": keys})
            yield body
        yield self.post("/hooks/demo/voice/status", {**call, "status": "completed"})


def after_contact(body):
    """What a worker who may be reached answers until the code is said: at any time; yes, ask me; yes, show it here."""
    keys = keys_of(body)
    if any(key.startswith("contact_mode.when") for key in keys):
        return "4"
    if "contact_mode.check_in.menu" in keys:
        return "2"
    assert "hotline.safe_to_text.menu" in keys, keys
    return "1"


def code_in(body):
    found = CODE.search(body.decode().split("hotline.receipt", 1)[-1])
    return re.sub(r"\D", "", found.group()), found.group().strip()


class Search:
    def __init__(self, victim):
        self.victim, self.found, self.pages = victim, [], 0
        self.secrets = {"number": NUMBER, "story": STORY, "spooled story": LATE, "place": PLACE, "number at Twilio": TWILIO_NUMBER,
                        "story at Twilio": TWILIO_STORY, "number of who left": EARLY_NUMBER, "story of who left": EARLY_STORY,
                        "place of who left": EARLY_PLACE, "city": "CANARYVILLE", "name": "Canary Worker"}

    def learn(self, what, secret):
        self.secrets[what] = secret

    def after_answer(self):
        needles = searched(self.secrets)
        self.found += search_files([self.victim.state], needles)
        with open(self.victim.log, "rb") as log:
            self.found += search_bytes("log", log.read(), needles)
        for path in ("/metrics", "/readyz", "/healthz"):
            self.found += search_bytes(path, self.victim.get_ops(path)[1], needles)


def error_pages(victim, search):
    """What is refused is not told back, and not written down: a stranger's request, an odd one, one too large."""
    words = urllib.parse.quote(STORY)
    signed = {"Content-Type": "application/json", "X-Rightsline-Signature": "0" * 64}
    body = json.dumps({"account": "demo", "from": NUMBER, "text": STORY, "id": "SM1"})
    odd = (("POST", "/hooks/demo/sms", body, signed), ("POST", "/hooks/demo/sms", STORY + NUMBER, {}),
           ("POST", f"/hooks/{words}/sms", body, signed), ("GET", f"/{NUMBER}/{words}?from={NUMBER}", None, {}),
           ("GET", f"/media/{NUMBER[1:]}.wav", None, {}), ("PUT", "/hooks/demo/sms", body, {}),
           ("POST", "/hooks/demo/sms", STORY * 5000, signed), ("GET", "/", None, {"X-Story": NUMBER * 3000}))
    needles = searched(search.secrets)
    for method, target, sent, headers in odd:
        wire = http.client.HTTPConnection("127.0.0.1", victim.port, timeout=8)
        try:
            wire.request(method, target, sent.encode() if sent else None, headers)
            answer = wire.getresponse()
            said = str(answer.getheaders()).encode() + answer.read()
            search.found += search_bytes(f"error page {answer.status} of {method}", said, needles)
            search.pages += answer.status >= 400
        except (OSError, http.client.HTTPException):
            pass  # it hung up on the large ones
        finally:
            wire.close()
    assert search.pages >= 5, search.pages
    search.after_answer()


def talk(conversation, search):
    for body in conversation.by_text():
        if "hotline.receipt.sms" in keys_of(body):
            code, spelt = code_in(body)
            search.secrets["code"] = code
            search.secrets["code as shown"] = spelt
        search.after_answer()
    assert "code" in search.secrets, "no code was said"
    for way in (conversation.back_by_text(code), conversation.by_screen(), conversation.by_voice(code),
                conversation.by_twilio(), conversation.left_early(lambda early: search.learn("code of who left", early))):
        for _ in way:
            search.after_answer()


def without_a_store(victim, conversation, search):
    """A text that goes by the spool: searched for while it lies there."""
    configuration = os.path.join(victim.state, "redis", "redis.conf")
    os.rename(configuration, configuration + ".away")
    victim.kill_redis()
    body = conversation.post("/hooks/demo/sms", {"id": "SMlate", "text": LATE})
    assert "common.arrived" in keys_of(body), keys_of(body)
    with open(os.path.join(victim.state, "spool", "events"), "rb") as spool:
        assert spool.read(1 << 16)[8192:].strip(b"\0"), "nothing is in the spool"
    search.after_answer()
    os.rename(configuration + ".away", configuration)
    victim.await_ready(30)
    victim.await_drained()
    search.after_answer()


def in_a_backup(victim, search):
    """The backup, and what it comes back as. Its key lies apart."""
    apart, there = os.path.join(victim.folder, "apart"), os.path.join(victim.folder, "restored")
    os.makedirs(apart)
    key, needles = os.path.join(apart, "backup.key"), searched(search.secrets)

    def run(*words):
        done = subprocess.run([victim.binary, *words], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (words, done.stderr)
        search.found += search_bytes(f"what {words[0]} says", (done.stdout + done.stderr).encode(), needles)
        return done.stdout
    run("key", "init-backup", "--keys-dir", os.path.join(victim.folder, "keys"), "--out", key)
    made = run("backup", "--socket", victim.state + "/api.sock", "--to", apart).splitlines()[0]
    run("restore", "--from", made, "--key", key, "--config", os.path.join(victim.folder, "config.yaml"),
        "--state-dir", there, "--redis-dir", os.path.join(there, "redis"))
    size = sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(there) for name in names)
    assert os.path.getsize(made) > 10000 and size > 10000, (made, size)
    search.found += search_files([apart, there], needles)
    print(f"backup: {os.path.getsize(made) >> 10} KB; restored: {size >> 10} KB")


def main():
    parser = options_of(__doc__)
    parser.add_argument("--wait", type=float, default=5)
    parser.add_argument("--full", action="store_true", default=os.environ.get("RL_CANARY_FULL") == "1")
    options = parser.parse_args()
    folder = os.path.join(options.folder, "canary")
    shutil.rmtree(folder, ignore_errors=True)
    victim = Victim(options.binary, options.source, folder)
    wait = 60 if options.full else options.wait
    try:
        victim.start()
        conversation, search = Conversation(victim), Search(victim)
        talk(conversation, search)
        error_pages(victim, search)
        without_a_store(victim, conversation, search)
        in_a_backup(victim, search)
        needles = searched(search.secrets)
        shown = search_memory(os.getpid(), needles, "test")[0]
        if not shown:
            search.found.append("the search does not even find the secrets in its own memory")
        time.sleep(wait)
        for process, pid in (("server", victim.process.pid), ("Redis", victim.redis_pid())):
            found, looked = search_memory(pid, needles, process)
            search.found += found
            print(f"{process}: {looked >> 20} MB of memory, {len(needles)} forms, {wait:.0f} s after the conversation")
            if looked < 1 << 20:
                search.found.append(f"the memory of the {process} cannot be read here")
    finally:
        victim.stop()
    search.found += search_files([victim.state], searched(search.secrets))
    print(f"{conversation.sent} answers, {len(search.found)} findings")
    return verdict(sorted(set(search.found)))


if __name__ == "__main__":
    sys.exit(main())
