"""Who takes what, and what they learn: secrets are put into a real server, each thing is taken, and the thief tries.

    surrender_test.py --binary … --source … --folder …

What must not be learned is searched for in every clear form, enumerated and guessed. What may be learned is learned here too:
a search that finds nothing at all proves nothing.
"""
import json
import os
import re
import shutil
import sys
import time

from scene import Scene
import thief

from canary import search_bytes, search_files, search_memory, searched  # noqa: E402, behind scene, which knows the way
from proof import options_of, verdict  # noqa: E402

# What stands in clear beside a report (gateway/stores/keyspace.hpp), and the words that it may be.
FACTS = {b"alias", b"status", b"urgency", b"family", b"language", b"mode", b"reason", b"hour", b"acts", b"contact", b"replies",
         b"replies_read", b"raised", b"taken", b"check_in", b"entered_by", b"answered", b"wrote", b"circle",
         b"untold", b"call_hour", b"pinged_hour"}  # by day in the program's place one of them is sent a text
SEALED = (b":kp:", b":kn:", b":ky:", b":km:", b":kj:", b":kw:", b":kqw:", b":kg:", b":qp:", b":c:", b":es:", b":oj:", b":al:", b":rj:", b":rn:", b"}:u:", b"}:s:", b":ik:", b"}:st")
READABLE = re.compile(rb"[\x20-\x7e]{16}")
NEIGHBOURS = 1500  # numbers that are tried beside the right ones
CODE_SECONDS = 0.02
ROLES = ("intake", "monitor", "supervisor", "organizer", "auditor", "admin", "operator")
# Of what is searched as every role, what must have been told to somebody for the search to have seen anything.
ANSWERED = {("intake", "/api/v1/cases"), ("monitor", "/api/v1/cases/{id}"), ("monitor", "/api/v1/cases/{id}/notes"),
            ("supervisor", "/api/v1/cases/{id}/log"), ("supervisor", "/api/v1/cases/{id}/consents"),
            ("supervisor", "/api/v1/cases/{id}/mailbox"), ("supervisor", "an event"), ("auditor", "/api/v1/audit"),
            ("admin", "/api/v1/users"), ("admin", "/api/v1/sites"), ("operator", "/api/v1/outbox"),
            ("organizer", "/api/v1/session")}


class Thefts:
    def __init__(self, scene):
        self.scene, self.found, self.sodium = scene, [], thief.Sodium()
        self.store = scene.victim.state + "/redis"
        self.numbers = {name: secret for name, secret in scene.secrets.items() if name.startswith("number of")}
        self.code = scene.codes["Ana"]

    def wrong(self, row, what):
        self.found.append(f"{row}: {what}")

    def needles(self):
        return searched(self.scene.secrets)

    def dump(self, row):
        return thief.Dump(self.store, os.path.join(self.scene.folder, "taken", row))

    def tried(self):
        """The right numbers among their neighbours."""
        right = set(self.numbers.values())
        first = int(min(right))
        return right | {f"+{first + step}" for step in range(NEIGHBOURS)}

    # --- the rows --------------------------------------------------------------------------------------------------
    def the_store(self):
        """The store's folder while it lives, and a backup: counts, hours, statuses, languages and kinds of trouble."""
        row, dump = "the store", self.dump("store")
        self.found += search_files([self.store], self.needles())
        self.found += search_bytes(row, dump.everything(), self.needles())
        self.found += search_files([self.backup()], self.needles())
        names = dump.names()
        for number in thief.enumerate_numbers(self.tried(), names):
            self.wrong(row, f"a number is a bare hash there: {number}")
        if thief.enumerate_numbers({self.code, "+" + self.code}, names):
            self.wrong(row, "the code is a bare hash there")
        for key, strings in dump.values.items():
            words = strings[1::2] if b":oj:" in key else strings  # its fields are the messages' names: an alert's is of its case's id
            if any(kind in key for kind in SEALED) and any(READABLE.search(word) for word in words):
                self.wrong(row, f"{key.decode()} is to be sealed, and can be read")
        facts = [dump.hash_of(key) for key in dump.of(b"{fair-food}:k:")]
        unknown = {name for one in facts for name in one} - FACTS
        if unknown:
            self.wrong(row, f"a report has more in clear than is known of: {sorted(unknown)}")
        if sorted(one[b"family"] for one in facts) != [b"pay", b"pay"]:
            self.wrong(row, f"the thief does not even learn how many reports of which kind there are: {facts}")

        self.who_left_early(row, dump)

    def who_left_early(self, row, dump):
        """Of every report with a code there is something sealed about its questions, and all of it looks the same."""
        left = {key: strings for key, strings in dump.values.items() if b":kj:" in key}
        if len(left) < 3:  # Ana and Berta, who answered everything, and Dora, who did not
            self.wrong(row, f"{len(left)} reports keep where their questions stand, and all ought to: this look is blind")
        if len({len(string) for strings in left.values() for string in strings}) != 1:
            self.wrong(row, "whose report has questions left can be told by how long that is")

    def backup(self):
        apart = os.path.join(self.scene.folder, "backups")
        os.makedirs(apart, exist_ok=True)
        key = os.path.join(self.scene.folder, "apart", "backup.key")
        self.scene.run("key", "init-backup", "--keys-dir", self.scene.keys, "--out", key)
        self.scene.run("backup", "--socket", self.scene.socket, "--to", apart)
        return apart

    def the_configuration(self):
        """With the program, the configuration and the key of conversations: conversations under way, no number, no report."""
        row, dump = "the store and its configuration", self.dump("configuration")
        with open(self.scene.folder + "/config.yaml") as file:
            words = {word.encode() for word in re.findall(r"[\w+/.-]{8,}", file.read())}
        with open(self.scene.folder + "/token") as file:
            words.add(file.read().strip().encode())
        name, state = thief.key_of(self.scene.keys + "/state.1.key")
        words |= {state, state.hex().encode()}
        few = set(self.numbers.values())
        for number in thief.enumerate_numbers(few, dump.names(), keys=sorted(words)):
            self.wrong(row, f"a number is named under something of the configuration: {number}")
        opened = thief.open_blobs(self.sodium, dump, name, state)
        site = self.scene.secrets["site of a case"].encode()
        if not any(site in plain for plains in opened.values() for plain in plains):
            self.wrong(row, "the thief does not even learn with its key which site a case is of: the search for it is blind")
        if not any(b":c:" in key for key in opened):
            self.wrong(row, "the thief opens no conversation under way with its key: this attack is blind")
        if any(b":kj:" in key for key in opened):
            self.wrong(row, "which question a worker left opens without the worker's code")
        needles = searched({what: secret for what, secret in self.scene.secrets.items() if not what.startswith(("code", "site"))})
        for key, plains in opened.items():
            for plain in plains:
                self.found += search_bytes(f"{row}, {key.decode()}", plain, needles)
                if self.code.encode() in re.sub(rb"[^0-9]", b"", plain) and not re.search(rb":es:", key):
                    self.wrong(row, f"{key.decode()} says a code, and is not an answer that ends after ten minutes")
        self.with_other_keys(row)

    def with_other_keys(self, row):
        """The program on the stolen store, with keys that the thief made: it does not start."""
        folder = os.path.join(self.scene.folder, "taken", "other")
        shutil.copytree(self.store, folder + "/state/redis", ignore=shutil.ignore_patterns("*.sock", "*.pid"))
        self.scene.run("key", "init", "--keys-dir", folder + "/keys", "--circle", "fair-food", "--out", folder + "/key")
        shutil.copy(self.scene.other_key.replace("lesotho-gbvh.key", "keys/circles/lesotho-gbvh.1.pub"), folder + "/keys/circles/")
        with open(self.scene.folder + "/config.yaml") as file:
            text = file.read().replace(self.scene.victim.state, folder + "/state").replace(self.scene.keys, folder + "/keys")
        for port in (self.scene.victim.port, self.scene.victim.ops_port, self.scene.console_port):
            text = text.replace(f":{port}", ":0")
        with open(folder + "/config.yaml", "w") as file:
            file.write(text)
        refused = self.scene.run("serve", "--config", folder + "/config.yaml", fails=True)
        if refused.returncode != 78:
            self.wrong(row, f"a server with other keys on this store ended with {refused.returncode}: {refused.stderr[-300:]}")

    def the_vault(self):
        """With every key of the server: the numbers of who may be reached and of who is telling; no report."""
        row, dump = "the store and every key", self.dump("vault")
        names = dump.names()
        if thief.take_off_months(self.sodium, dump, self.scene.keys + "/epochs/epochs.key") == 0:
            self.wrong(row, "no number stood under the lock of its month: this attack is blind, or the lock is")
        pepper = thief.key_of(self.scene.keys + "/pepper.key")[1]
        spelt = (str, lambda number: "call|" + number)
        who = thief.enumerate_numbers(self.tried(), names, pepper=pepper, spelt=spelt)
        if who - set(self.numbers.values()) or self.numbers["number of Carla"] not in who:
            self.wrong(row, f"of the numbers {len(who)} were found, and Carla's ought to be: this attack is blind")
        if self.numbers["number of Berta"] in who:
            self.wrong(row, "Berta is to be reached by nobody and her conversation is over, and her number can be found")
        for path in sorted(os.listdir(self.scene.keys)):
            if not re.fullmatch(r"(number|pepper|state\.\d+)\.key", path):
                continue
            name, key = thief.key_of(os.path.join(self.scene.keys, path))
            opened = [thief.open_blobs(self.sodium, dump, name, key), thief.open_one_way(self.sodium, dump, key)]
            plain = b"\n".join(one for some in opened for plains in some.values() for one in plains)
            reports = {what: secret for what, secret in self.scene.secrets.items() if not what.startswith(("code", "number", "site"))}
            self.found += search_bytes(f"{row}, what {path} opens", plain, searched(reports))
            if path == "number.key" and self.numbers["number of Ana"].encode() not in plain:
                self.wrong(row, "the key of numbers does not open Ana's, who asked to be texted: this attack is blind")
            if self.numbers["number of Berta"].encode() in plain:
                self.wrong(row, f"{path} opens the number of Berta, whom nobody may reach")
        begun = time.monotonic()
        if not thief.guess_code(self.sodium, names, pepper, self.code):
            self.wrong(row, "the right code is not known when it is guessed: this attack is blind")
        if time.monotonic() - begun < CODE_SECONDS:
            self.wrong(row, "a guess at a code costs next to nothing")
        if thief.guess_code(self.sodium, names, pepper, "123456789015"):
            self.wrong(row, "a code that nobody has opens something")
        self.no_key_of_the_server_opens(row)

    def no_key_of_the_server_opens(self, row):
        alias = self.scene.cases()[0]["alias"]
        for folder, _, files in os.walk(self.scene.keys):
            for name in files:
                path = os.path.join(folder, name)
                tried = self.scene.run("case", "show", alias, "--program", "fair-food", "--key", path, "--socket", self.scene.socket, fails=True)
                if tried.returncode == 0 or "Canary" in tried.stdout:
                    self.wrong(row, f"{name}, which the server has, opens a report")

    def the_running_server(self):
        """Who reads its memory: what passes from then on; no report, and no key that opens one."""
        row = "the running server"
        with open(self.scene.victim.key) as file:
            text = dict(line.split(": ", 1) for line in file.read().splitlines()[1:])
        private = thief.base64.b64decode(text["key"] + "==")
        with open(self.scene.keys + "/circles/fair-food.1.pub") as file:
            public = thief.base64.b64decode(re.search(r"^key: (\S+)", file.read(), re.M).group(1) + "==")
        pid = self.scene.victim.process.pid
        if not search_memory(pid, [("the public half", "raw", public)])[0]:
            self.wrong(row, "its memory does not even hold the circle's public half: this search is blind")
        self.found += search_memory(pid, [("the circle's private half", "raw", private)])[0]
        told = {what: secret for what, secret in self.scene.secrets.items() if what.startswith(("story", "place", "boss", "note"))}
        self.found += search_memory(pid, searched(told))[0]

    def every_answer(self):
        """The raw answer of every address as every role, what is taken out, a piece of the events, the logs: no number, no code."""
        row, alias = "every answer", self.scene.agrees_to_an_investigator("Efua")
        kept = {what: secret for what, secret in self.scene.secrets.items() if what.startswith(("number of", "code of"))}
        needles, ana = searched(kept), self.scene.cases()[-1]
        answered = set()
        for role in ROLES:
            who = self.scene.log_in(f"{role}-asks", f"fair-food:{role}")
            paths = json.loads(self.scene.ask("GET", "/api/v1/openapi.json", headers=who)[1])["paths"]
            for path in (path for path, methods in paths.items() if "get" in methods and not path.endswith("/events")):
                target = path.replace("{id}", ana["id"]).replace("{which}", ana["id"]) + "?program=fair-food"
                for local in (False, True) if role == "monitor" else (False,):
                    status, answer = self.scene.ask("GET", target, headers=None if local else who, local=local)
                    self.found += search_bytes(f"{row}, {path} as {'the machine' if local else role}", answer, needles)
                    answered |= {(role, path)} if status == 200 and not local else set()
            if role == "supervisor":
                heard = self.scene.listen("/api/v1/events?program=fair-food", who, lambda: self.note_on(ana["alias"]))
                self.found += search_bytes(f"{row}, events", heard, needles)
                answered |= {("supervisor", "an event")} if heard.count(b"event: ") > 1 else set()
        for role, path in sorted(ANSWERED - answered):
            self.wrong(row, f"{path} tells {role} nothing: this search is blind there")
        self.found += self.what_is_taken_out(row, alias, needles)
        with open(self.scene.victim.log, "rb") as log:
            self.found += search_bytes(f"{row}, the server's log", log.read(), needles)

    def note_on(self, alias):
        self.scene.run("case", "note", alias, "--program", "fair-food", "--socket", self.scene.socket, stdin="one more look")

    def what_is_taken_out(self, row, alias, needles):
        """By the command line, whose file tells the whole story, and by the address that notes it."""
        path = os.path.join(self.scene.folder, "taken", "out.txt")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.scene.run("case", "export", alias, "--for", "investigator", "--to", path, "--key", self.scene.other_key,
                       "--program", "lesotho-gbvh", "--socket", self.scene.socket)
        with open(path, "rb") as file:
            out = file.read()
        if self.scene.secrets["story of Efua"].encode() not in out:
            self.wrong(row, "what is taken out tells no story: this search is blind there")
        who = self.scene.log_in("takes-out", "lesotho-gbvh:supervisor")
        case = next(one["id"] for one in self.scene.cases("lesotho-gbvh") if one["alias"] == alias)
        status, noted = self.scene.ask("POST", f"/api/v1/cases/{case}/export?program=lesotho-gbvh", {"purpose": "investigator"}, who)
        if status != 200:
            self.wrong(row, f"who may take it out is answered {status}: {noted[:200]}")
        return search_bytes(f"{row}, what is taken out", out + noted, needles)

    def a_monitors_device(self):
        """The login and the circle's key of a monitor: the cases of their circle; no other's, and no number."""
        row, maria = "a monitor's device", self.scene.log_in("maria", "fair-food:monitor")
        numbers = searched(self.numbers)
        unseen = searched({what: secret for what, secret in self.scene.secrets.items() if not what.startswith("site")})
        mine, others = (self.scene.cases(program)[0]["id"] for program in ("fair-food", "lesotho-gbvh"))
        for program, case, may in (("fair-food", mine, True), ("lesotho-gbvh", others, False), ("fair-food", others, False)):
            for path in ("/api/v1/cases", f"/api/v1/cases/{case}", f"/api/v1/alerts/{case}", "/api/v1/alerts", "/api/v1/users"):
                status, answer = self.scene.ask("GET", f"{path}?program={program}", headers=maria)
                self.found += search_bytes(f"{row}, {path}", answer, unseen)
                if not may and case in path and status != 404:
                    self.wrong(row, f"{path} of {program} answers {status}")
        if self.scene.ask("GET", f"/api/v1/cases/{mine}?program=fair-food", headers=maria)[0] != 200:
            self.wrong(row, "a monitor cannot read a case of their own: this attack is blind")
        asked = ("case", "show", "--socket", self.scene.socket, "--key", self.scene.victim.key)
        own = self.scene.run(*asked, mine, "--program", "fair-food").stdout
        if "Canary" not in own or search_bytes(row, own.encode(), numbers):
            self.wrong(row, "of their own case a monitor reads no story, or a number")
        other = self.scene.run(*asked, others, "--program", "lesotho-gbvh", fails=True)
        if other.returncode == 0 or self.scene.secrets["story of Dora"] in other.stdout:
            self.wrong(row, "the key of one circle opens a case of another")


def self_test():
    """The thief's tools find what is there to be found."""
    class Leaky:
        values = {}
    number, key = "+15553000007", b"a key of the configuration"
    bare = thief.hashlib.sha256(number[1:].encode()).digest()
    keyed = thief.hmac.new(key, number.encode(), thief.hashlib.sha1).hexdigest().encode()
    for name, keys in ((bare, ()), (bare.hex().encode(), ()), (thief.base64.b64encode(bare[:16]), ()), (keyed, (key,))):
        Leaky.values = {b"{p}:w:" + name + b":20779": [b"1"]}
        assert thief.enumerate_numbers([number, "+15553000008"], thief.Dump.names(Leaky), keys) == {number}, name
    Leaky.values = {b"{p}:c:" + keyed: [b"1"]}
    assert not thief.enumerate_numbers([number], thief.Dump.names(Leaky)), "a keyed name is found without its key"


def main():
    options = options_of(__doc__).parse_args()
    self_test()
    scene = Scene(options, "surrender")
    thefts = None
    try:
        scene.people_tell()
        scene.team_works()
        thefts = Thefts(scene)
        for row in (thefts.the_store, thefts.the_configuration, thefts.the_vault, thefts.a_monitors_device,
                    thefts.the_running_server, thefts.every_answer):
            before = len(thefts.found)
            row()
            print(f"{row.__name__}: {row.__doc__} {len(thefts.found) - before} findings")
    finally:
        scene.close()
    return verdict(sorted(set(thefts.found)))


if __name__ == "__main__":
    sys.exit(main())
