"""Scene: a server of two programs with reports, a reply, a note and a monitor in it, and every secret that was put there.

Three workers told fair-food something: one asked to be texted, one wants nobody to reach them, one is still telling; a fourth told
lesotho-gbvh. Each secret is unique, so that whoever finds it anywhere has found this one.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import secrets
import shutil
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
sys.dont_write_bytecode = True
from canary_test import after_contact, code_in  # noqa: E402
from victim import LINE, Victim, free_port, keys_of  # noqa: E402

OTHER_LINE = "+15005550026"
PASSWORD = "four goats under a tarpaulin"


def fresh_number(prefix="+15553"):
    return prefix + str(secrets.randbelow(10**6)).zfill(6)


def unique():
    """Letters alone: digits would be taken for a phone number."""
    return secrets.token_hex(12).translate(str.maketrans("0123456789", "ghijklmnop"))


def six_digits(secret, step):
    """The code of an authenticator app (RFC 6238)."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[19] & 15
    return str((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 10**6).zfill(6)


class Scene:
    def __init__(self, options, name, extra="", environment=None):
        self.folder = os.path.join(options.folder, name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.console_port, self.messages, self.secrets, self.codes = free_port(), 0, {}, {}
        self.victim = Victim(options.binary, options.source, self.folder, extra=extra)
        self.keys, self.socket = os.path.join(self.folder, "keys"), self.victim.state + "/api.sock"
        self._add_a_program()
        self.victim.start(environment=environment)

    def _add_a_program(self):
        """lesotho-gbvh with a circle of its own, and a listener for people who log in."""
        apart = os.path.join(self.folder, "apart")
        os.makedirs(apart)
        self.other_key = os.path.join(apart, "lesotho-gbvh.key")
        self.run("key", "init", "--keys-dir", apart + "/keys", "--circle", "lesotho-gbvh", "--out", self.other_key)
        shutil.copy(apart + "/keys/circles/lesotho-gbvh.1.pub", self.keys + "/circles/")
        path = os.path.join(self.folder, "config.yaml")
        with open(path) as file:
            text = file.read()
        flows = self.victim.source + "/flows/"
        changes = ((f"programs: [{flows}fair-food]", f"programs: [{flows}fair-food, {flows}lesotho-gbvh]"),
                   ('console: "127.0.0.1:0"', f'console: "127.0.0.1:{self.console_port}"'),
                   ("lines:\n", f'lines:\n  "{OTHER_LINE}": {{account: demo, program: lesotho-gbvh, modes: [sms, voice]}}\n'))
        for before, after in changes:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        with open(path, "w") as file:
            file.write(text)

    def close(self):
        self.victim.stop()

    # --- workers ---------------------------------------------------------------------------------------------------
    def text(self, number, words, to=LINE):
        """The answer's body."""
        self.messages += 1
        status, body = self.victim.post("/hooks/demo/sms", {"from": number, "to": to, "id": f"SM{self.messages}", "text": words})
        assert status == 200, status
        return body

    def texts(self, number, *all_words):
        body = b""
        for words in all_words:
            body = self.text(number, words)
        return body

    def report(self, name, contact):
        """A whole report by text; `contact`: the key pressed where we ask whether they may be reached. Its code."""
        number = self.keep(f"number of {name}", fresh_number())
        story = self.keep(f"story of {name}", f"Canary {unique()} took my pay")
        place = self.keep(f"place of {name}", f"Zanzibar {unique()}")
        who = self.keep(f"boss of {name}", f"Malvolio {unique()}")
        body = self.texts(number, "hi", "1", "2", "2", "1", story, "1", "1", place, who, "0", contact)
        while "hotline.receipt.sms" not in keys_of(body):
            body = self.text(number, after_contact(body))
        self.codes[name] = self.keep(f"code of {name}", code_in(body)[0])
        return self.codes[name]

    def keep(self, name, secret):
        self.secrets[name] = secret
        return secret

    def people_tell(self):
        self.report("Ana", "2")    # asks to be texted
        self.report("Berta", "1")  # nobody may reach her
        carla = self.keep("number of Carla", fresh_number())
        self.texts(carla, "hi", "1", "2", "2", "1", self.keep("draft of Carla", f"Canary {unique()} still telling"))
        dora = self.keep("number of Dora", fresh_number("+266221"))
        told = self.keep("story of Dora", f"Canary {unique()} said it to my line leader")
        for words in ("hi", "1", "2", "2", "1", told, "1", "1"):
            self.text(dora, words, OTHER_LINE)

    def agrees_to_an_investigator(self, name):
        """A whole report to lesotho-gbvh, whose worker asks to be texted and may be passed on. Its alias."""
        number = self.keep(f"number of {name}", fresh_number("+266221"))
        story = self.keep(f"story of {name}", f"Canary {unique()} was told to stay silent")
        before, body = {one["id"] for one in self.cases("lesotho-gbvh")}, b""
        for words in ("hi", "1", "2", "2", "1", story, "1", "1", "1", "0", "0", "2"):
            body = self.text(number, words, OTHER_LINE)
        while "hotline.receipt.sms" not in keys_of(body):
            body = self.text(number, after_contact(body), OTHER_LINE)
        self.codes[name] = self.keep(f"code of {name}", code_in(body)[0])
        return next(one["alias"] for one in self.cases("lesotho-gbvh") if one["id"] not in before)

    # --- the team --------------------------------------------------------------------------------------------------
    def run(self, *words, stdin="", fails=False):
        done = subprocess.run([self.victim.binary, *words], input=stdin, capture_output=True, text=True, timeout=60)
        assert fails or done.returncode == 0, (words, done.stderr)
        return done

    def cases(self, program="fair-food"):
        return json.loads(self.run("case", "list", "--json", "--program", program, "--socket", self.socket).stdout)["cases"]

    def team_works(self):
        """A reply and a note on the first report of fair-food, and the site that it is of."""
        alias = self.cases()[-1]["alias"]
        reply = self.keep("reply", f"the heron {unique()} came. which day was it?")
        note = self.keep("note", f"the clinic {unique()} says two ribs")
        site = self.keep("site of a case", f"zanzibar-{unique()}")
        for words in (("site", "add", site), ("case", "site", alias, site)):
            self.run(*words, "--program", "fair-food", "--socket", self.socket)
        self.run("case", "reply", alias, "-", "--confirm", "--program", "fair-food", "--socket", self.socket, stdin=reply)
        self.run("case", "note", alias, "--program", "fair-food", "--socket", self.socket, stdin=note)

    def ask(self, method, path, body=None, headers=None, local=False):
        """(status, bytes) of the console's listener, or of the socket of this machine."""
        wire = http.client.HTTPConnection("127.0.0.1", self.console_port, timeout=20)
        if local:
            wire.sock = socket.socket(socket.AF_UNIX)
            wire.sock.connect(self.socket)
        sent = None if body is None else json.dumps(body)
        wire.request(method, path, sent, {"Content-Type": "application/json", **(headers or {})})
        answer = wire.getresponse()
        found = answer.status, answer.read()
        wire.close()
        return found

    def listen(self, path, headers, act, seconds=8):
        """What a stream of events says from its beginning until it told of what `act` does."""
        wire = http.client.HTTPConnection("127.0.0.1", self.console_port, timeout=seconds)
        wire.request("GET", path, headers=headers)
        answer, heard = wire.getresponse(), b""
        act()
        try:
            while heard.count(b"event: ") < 2:
                heard += answer.read1(65536)
        except TimeoutError:
            pass
        wire.close()
        return heard

    def log_in(self, name, *roles):
        """A user with these roles; the headers of who is logged in."""
        self.secrets["password"] = PASSWORD
        status, made = self.ask("POST", "/api/v1/users", {"name": name, "roles": list(roles), "password": PASSWORD}, local=True)
        assert status in (200, 201), made
        secret = self.keep(f"authenticator of {name}", json.loads(made)["totp_secret"])
        login = {"name": name, "password": PASSWORD, "code": six_digits(secret, int(time.time()) // 30), "as": "bearer"}
        status, answer = self.ask("POST", "/api/v1/login", login)
        assert status == 200, answer
        token = self.keep(f"token of {name}", json.loads(answer)["token"])
        return {"Authorization": "Bearer " + token}
