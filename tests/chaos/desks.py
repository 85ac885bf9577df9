"""A stage for the desks that put callers through, call workers back and answer missed calls: callers, people of the roster and
workers who are called, one after the other, on a server that dies at named points. What happened goes into its facts.
"""
import json
import os
import re
import subprocess
import time

import desks_history
from desks_history import DeskFacts, Ring, Wish
from legs import Leg, path_of, text_of
from sending import Pipe
from sends import LEASES_OVER, SendsRun
from sends_history import message_of
from victim import TWILIO_LINE

MISSED_LINE = "+15005550017"
MARIA, JEAN = "+15005550101", "+15005550102"
ROSTER = f"""people:
  maria: {{phone: "{MARIA}", media: [call]}}
  jean: {{phone: "{JEAN}", media: [call]}}
order: [maria, jean]
line: "{TWILIO_LINE}"
live: {{caps: {{caller_hour: 1000, caller_day: 1000, block_hour: 1000, minute: 1000, hour: 1000, day: 1000}}}}
"""
STEP = 5              # seconds that pass at a time
RINGS_WITHIN = 3.0    # seconds of the wall in which a phone that is to ring does
REPORT_FOR_A_CALL = ("hola", "2", "2", "2", "1", "lo primero", "1", "1", "0", "0", "0", "3", "4", "1", "1")


class DesksRun(SendsRun):
    def __init__(self, options, name, bug=""):
        super().__init__(options, name, bug)
        self.desk_facts, self.number, self.first = DeskFacts(), 0, text_of(options.source, "handoff_ring")
        path = os.path.join(self.folder, "roster.yaml")
        with open(path, "w") as out:
            out.write(ROSTER)
        self._add_line(os.path.join(self.folder, "config.yaml"))
        self.misbehave([], none=True)
        now = time.time()
        self.pass_time(int((15 * 3600 - now) % 86400))  # 15:00 UTC: by day in Florida, whoever runs this when

    def _add_line(self, path):
        with open(path) as file:
            text = file.read()
        assert text.count("lines:\n") == 1
        line = f'  "{MISSED_LINE}": {{account: main, program: fair-food, modes: [sms, voice], per_second: 10, missed_call: call_back}}\n'
        with open(path, "w") as out:
            out.write(text.replace("lines:\n", "lines:\n" + line) + 'sending: {prefixes: ["+1"]}\n')

    def start(self, plan=""):
        self.victim.start(plan, self.bug, self.environment)
        if self.tool is None:
            self.tool = Pipe([self.options.tool, os.path.join(self.victim.state, "redis", "redis.sock"),
                              os.path.join(self.folder, "keys"), "fair-food", TWILIO_LINE, MISSED_LINE])

    def heal(self):
        """Whoever died at a named point is started again, and dies no more."""
        if self.victim.process.poll() is not None:
            self.victim.bury()
            self.kills += 1
            self.start()

    # --- the provider ----------------------------------------------------------------------------------------------
    def calls_since(self, first, page):
        """Calls that we placed with a page of this kind."""
        entries = [one for one in self.control(f"ledger?after={first}")["entries"] if one["call"]]
        return [one for one in entries if page + "?" in self.page_of(one["sid"])]

    def sends(self):
        return self.control("ledger")["total"]

    def page_of(self, sid):
        return self.control(f"words?sid={sid}")["words"]

    def leg_of(self, call):
        return Leg(self, call["sid"], call["to"], call["from"], True, call["status_url"])

    def await_call(self, first, page, to, budget=RINGS_WITHIN * 4, nth=0):
        """The nth call to this phone, or None."""
        until = time.monotonic() + budget
        while True:
            self.heal()
            found = [one for one in self.calls_since(first, page) if one["to"] == to]
            if len(found) > nth or time.monotonic() > until:
                return found[nth] if len(found) > nth else None
            time.sleep(0.1)

    def fresh_number(self):
        self.number += 1
        return f"+1305{200 + self.number}0{self.random.randrange(100, 1000)}"

    def fresh_call(self, number, line=TWILIO_LINE):
        """A phone that calls us; the emulator knows of it, so that we may send it elsewhere."""
        sid = f"CA{self.number:016x}{self.random.getrandbits(64):016x}"
        nowhere = {"url": f"http://127.0.0.1:{self.emulator_port}/nowhere", "from": number, "to": line, "sid": sid}
        self.control("call", nowhere)
        return Leg(self, sid, number, line)

    def pick_up(self, call, **more):
        return self.leg_of(call).go(path_of(self.page_of(call["sid"]), self.public_url), **more)

    # --- somebody asks for a person --------------------------------------------------------------------------------
    def asks_for_person(self, manners):
        """`manners`: what each phone of the roster does when it rings: accepts, declines, rings_out. (wish, caller, taker)."""
        first, number = self.sends(), self.fresh_number()
        wish = Wish("person", number)
        self.desk_facts.wishes.append(wish)
        caller = self.fresh_call(number).ring()
        for key in ("1", "2", "4"):
            caller.press(key)
        wish.promised = self.first in caller.words()
        staff = self.wait_for_somebody(wish, caller, first, manners)
        taker = next((leg for leg in staff.values() if leg.room() and leg.room() == caller.room()), None)
        wish.stranger = wish.reached == "person" and taker is None
        wish.rings = [Ring(one["to"], message_of(one["status_url"])) for one in self.calls_since(first, "/live")]
        return wish, caller, taker

    def wait_for_somebody(self, wish, caller, first, manners):
        staff, sent, begun = {}, "", self.shift
        wish.reached = self.place_of(caller)
        while not wish.reached and self.shift - begun <= desks_history.WAITS + 2 * desks_history.GRACE:
            until = time.monotonic() + RINGS_WITHIN / 2
            while time.monotonic() < until and self.page_of(caller.sid) == sent:
                self.heal()
                self.play_staff(staff, first, manners)
                time.sleep(0.1)
            told = self.page_of(caller.sid)
            if told != sent:
                sent = told
                caller.go(path_of(told, self.public_url))
            else:
                self.pass_time(STEP)
                caller.press("")
            wish.reached = self.place_of(caller)
        wish.took = self.shift - begun
        return staff

    def place_of(self, caller):
        """"person", "message", or "": they wait, or were hung up on."""
        if caller.room():
            return "person"
        waits = any(text_of(self.options.source, key) in caller.words() for key in ("handoff_ring", "handoff_wait"))
        return "message" if caller.has("Record") or (caller.has("Gather") and not waits) else ""

    def play_staff(self, staff, first, manners):
        for call in self.calls_since(first, "/live"):
            if call["sid"] in staff:
                continue
            leg = staff[call["sid"]] = self.leg_of(call)
            manner = manners.get(call["to"], "rings_out")
            if manner != "rings_out":
                leg.go(path_of(self.page_of(call["sid"]), self.public_url))
                if leg.has("Gather"):
                    leg.press("1" if manner == "accepts" else "")
            if not leg.room():
                leg.ends("no-answer" if manner == "rings_out" else "completed")

    def leaves_alone(self, wish, caller, taker):
        """Whoever took the call goes; the caller is to be called out of the room."""
        sent, begun = self.page_of(caller.sid), self.shift
        taker.leave_room()
        taker.ends()
        while self.page_of(caller.sid) == sent and self.shift - begun <= desks_history.ALONE:
            self.heal()
            time.sleep(0.6)
            if self.page_of(caller.sid) == sent:
                self.pass_time(STEP)
        wish.alone = self.shift - begun
        if self.page_of(caller.sid) != sent:
            caller.go(path_of(self.page_of(caller.sid), self.public_url))
        caller.ends()

    def a_caller(self):
        kinds = ("accepts", "declines", "rings_out")
        wish, caller, taker = self.asks_for_person({who: self.random.choice(kinds) for who in (MARIA, JEAN)})
        if taker and self.random.random() < 0.7:
            self.leaves_alone(wish, caller, taker)
        else:
            caller.ends()
            if taker:
                taker.leave_room()
                taker.ends()

    # --- somebody rings and hangs up -------------------------------------------------------------------------------
    def rings_and_hangs_up(self, number, picks_up=True):
        """(wish, whether the line answered instead)."""
        first, before, wish = self.sends(), self.posted(), Wish("missed", number)
        self.desk_facts.wishes.append(wish)
        ringing = self.fresh_call(number, MISSED_LINE).ring()
        wish.promised = ringing.has("Reject")
        ringing.ends()
        self.pass_time(STEP)  # until their phone has hung up
        call = self.await_call(first, "/missed", number, RINGS_WITHIN)
        if wish.promised and not call:  # whoever had it in hand is dead: its lease ends
            self.pass_time(LEASES_OVER)
            call = self.await_call(first, "/missed", number)
        if call and picks_up:
            phone = self.pick_up(call, AnsweredBy="human")
            phone.press("1")
        if call:
            self.leg_of(call).ends("completed" if picks_up else "no-answer")
        time.sleep(0.6)  # whatever rings once too often rings now
        wish.rings = [Ring(one["to"], message_of(one["status_url"])) for one in self.calls_since(first, "/missed")]
        wish.posted = sorted(self.posted() - before)
        return wish

    def posted(self):
        """What was ever put into the outbox for a missed call."""
        self.heal()
        return {message for message in self.ask_tool("states").get("states", {}) if message.startswith("m")}

    def a_missed_call(self):
        number = self.fresh_number()
        for _ in range(3):
            self.rings_and_hangs_up(number, self.random.random() < 0.5)

    # --- somebody of the team calls a worker back -------------------------------------------------------------------
    def a_call_back(self):
        number = self.fresh_number()
        before, said = {one["id"] for one in self.cases()}, ""
        for words in REPORT_FOR_A_CALL:
            said = self.text(number, words)
        code = re.sub(r"\D", "", re.search(r"\d{4} \d{4} \d{4}", said).group())
        alias = next(one["alias"] for one in self.cases() if one["id"] not in before)
        self.victim.kill()
        self.start(self.plan_of_call_back())
        first, wish = self.sends(), Wish("back", number)
        self.desk_facts.wishes.append(wish)
        self.press_call(alias, first)
        person = self.await_call(first, "/back", MARIA)
        if person:
            maria = self.pick_up(person)
            maria.press("1")
            self.answer_worker(wish, first, number, code, maria)
            maria.ends()
        wish.rings = [Ring(one["to"], message_of(one["status_url"])) for one in self.calls_since(first, "/back")]

    def answer_worker(self, wish, first, number, code, maria):
        call = self.await_call(first, "/back", number)
        if not call:
            return
        worker = self.pick_up(call, AnsweredBy="human")
        if worker.has("Gather"):
            worker.press(code)
        wish.reached = "the worker" if worker.room() and worker.room() == maria.room() else ""
        if worker.room():
            worker.leave_room()
        worker.ends()

    def press_call(self, alias, first):
        """The button of the console. Who saw it fail presses it again when no phone rang."""
        for _ in range(2):
            self.heal()
            done = subprocess.run([self.options.binary, "case", "call", alias, "--as", "maria", "--socket",
                                   self.victim.state + "/api.sock"], capture_output=True, text=True, timeout=30)
            if done.returncode == 0 or self.await_call(first, "/back", MARIA, RINGS_WITHIN):
                return

    def plan_of_call_back(self):
        return f"{self.random.choice(('before_call_back', 'call_back_kept', 'claimed', 'submitting', 'sent'))}:{self.random.randrange(1, 4)}"

    def cases(self):
        return json.loads(subprocess.run([self.options.binary, "case", "list", "--json", "--socket", self.victim.state + "/api.sock"],
                                         capture_output=True, text=True, timeout=30, check=True).stdout)["cases"]

    # --- the end ---------------------------------------------------------------------------------------------------
    def findings(self):
        self.heal()
        self.pass_time(LEASES_OVER)  # what was in the hands of the last one to die is known to be in doubt
        self.wait_for(lambda states: all(state["phase"] != 2 for state in states))
        states = self.ask_tool("states").get("states", {})
        self.desk_facts.doubts = {message: state["doubts"] for message, state in states.items() if state["doubts"]}
        return self.failures + desks_history.check(self.desk_facts)

    def summary(self):
        wishes = self.desk_facts.wishes
        kinds = {kind: sum(wish.kind == kind for wish in wishes) for kind in ("person", "missed", "back")}
        reached = sum(wish.reached == "person" for wish in wishes)
        rings = sum(len(wish.rings) for wish in wishes)
        return (f"{self.kills} deaths of the server at named points ({self.missed} not reached); {kinds['person']} callers, {reached} of them "
                f"through to a person; {kinds['missed']} missed calls, {kinds['back']} calls to workers; {rings} rings")
