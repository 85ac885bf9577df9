"""What those try who are near a worker: each story against a real server, told by its function.

    attackers_test.py --binary … --source … --folder … [--story phone_seized]

Whoever attacks is held against a stranger who does the very same: what both hear must not differ by one word.
"""
import datetime
import json
import os
import random
import re
import sys
import time
import zoneinfo

from scene import Scene, fresh_number

from canary import search_bytes, searched  # noqa: E402, behind scene, which knows the way
from canary_test import code_in  # noqa: E402
from proof import options_of, verdict  # noqa: E402
from provider import RecordingProvider  # noqa: E402
from victim import LINE, keys_of, step_of  # noqa: E402

# Damm's quasigroup of order 10, from his thesis.
DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017",
        "9438617205", "2581436790")
GUESSES = 6
ANA, BOSS = "+15005550104", "+15005550105"
OFF_DUTY = f"""people:
  ana: {{phone: "{ANA}", hours: ["mon-fri 08:00-20:00"], media: [sms, call]}}
  boss: {{phone: "{BOSS}", hours: ["mon-fri 09:00-17:00"], media: [sms, call]}}
order: [ana]
supervisors: [boss]
line: "{LINE}"
live: {{}}
"""
TOLD_WITHIN = 5.0  # seconds from the end of the message to the first telling of a danger


def unknown_code(number):
    """A code whose check digit is right and that nobody was given."""
    digits, interim = str(10**10 + number), "0"
    for digit in digits:
        interim = DAMM[int(interim)][int(digit)]
    return digits + interim


def heard(body):
    """What a person hears or reads, without the addresses by which a call goes on."""
    def bare(value):
        if isinstance(value, dict):
            return {name: bare(one) for name, one in value.items() if name not in ("step", "status_url", "id")}
        return [bare(one) for one in value] if isinstance(value, list) else value
    return json.dumps(bare(json.loads(body or b"{}")), sort_keys=True)


class Caller:
    calls = 0

    def __init__(self, scene, number, provider=None):
        Caller.calls += 1
        self.scene, self.provider, self.call = scene, provider, {"from": number, "call": f"CA{Caller.calls}"}
        self.body = self.post("/hooks/demo/voice")

    def post(self, target, **more):
        status, self.body = self.scene.victim.post(target, {**self.call, **more})
        assert status == 200, (status, target)
        return self.body

    def press(self, keys):
        return self.post(step_of(self.body), keys=keys)

    def wait(self):
        """Goes where the answer leads without a key: a look-up takes a moment."""
        return self.post(step_of(self.body), continued=True)

    def speak(self, name):
        self.provider.keep(name, random.Random(name))
        return self.post(step_of(self.body), recorded={"id": name, "seconds": 7, "url": self.provider.url(name)})

    def hang_up(self):
        return self.post("/hooks/demo/voice/status", status="completed")


def same(found, what, one, other):
    if heard(one) != heard(other):
        found.append(f"{what}: heard {keys_of(one)}, a stranger hears {keys_of(other)}")


def guess(scene, found, what, number):
    """Six codes by text, each answered as a stranger's."""
    stranger = fresh_number()
    for words in ("hi", "1", "2", "3"):
        same(found, f"{what}, {words!r}", scene.text(number, words), scene.text(stranger, words))
    for turn in range(GUESSES):
        code = unknown_code(turn)
        mine, theirs = scene.text(number, code), scene.text(stranger, code)
        same(found, f"{what}, guess {turn + 1}", mine, theirs)
        wanted = "return_with_code.wrong.say" if turn < GUESSES - 1 else "return_with_code.limited.say"
        if wanted not in keys_of(mine):
            found.append(f"{what}, guess {turn + 1}: {wanted} was not said: {keys_of(mine)}")
        same(found, f"{what}, again", scene.text(number, "1"), scene.text(stranger, "1"))


def call_in(scene, found, what, number):
    """A call as far as the question for the code, and a guess, each answered as a stranger's."""
    mine, theirs = Caller(scene, number), Caller(scene, fresh_number())
    same(found, f"{what}, the greeting", mine.body, theirs.body)
    for keys in ("1", "2", "3", unknown_code(77)):
        same(found, f"{what}, key {keys}", mine.press(keys), theirs.press(keys))
    same(found, f"{what}, after the guess", mine.wait(), theirs.wait())


def opens(scene, code):
    """The code from a phone of its own; the answer."""
    return scene.texts(fresh_number(), "hi", "1", "2", "3", code)


def phone_seized(scene, found):
    """A worker tells all in a call and hangs up; half a minute later the supervisor has the phone: redials, reads, guesses."""
    provider, worker = RecordingProvider(scene.victim.api_base_port), fresh_number()
    try:
        call = Caller(scene, worker, provider)
        for keys in ("1", "2", "2", "1"):
            call.press(keys)
        call.speak("REstory")
        call.press("1")
        for name in ("REwhere", "REwho", "REstill"):
            call.speak(name)
        code = code_in(call.press("1"))[0]
        call.press(code)
        call.hang_up()
        if len(scene.cases()) != 1:
            found.append("the report was not filed, so this story proves nothing")
        call_in(scene, found, "redialled", worker)
        guess(scene, found, "texted", worker)
        if provider.sent:
            found.append(f"{len(provider.sent)} texts stand on the phone")
        if "return_with_code.choose.menu" not in keys_of(opens(scene, code)):
            found.append("the worker's own code does not open the report any more from another phone")
    finally:
        provider.close()


def number_taken_over(scene, found):
    """Whoever has a worker's number (a faked caller, a new card in an old number) begins where a stranger does."""
    scene.report("Ana", "2")
    number = scene.secrets["number of Ana"]
    call_in(scene, found, "called", number)
    guess(scene, found, "texted", number)
    carla = fresh_number()
    scene.texts(carla, "hi", "1", "2", "2", "1", "they took my passport and")
    call_in(scene, found, "called while its worker is telling by text", carla)


def name_alone(scene, found):
    """The employer knows how the team calls the case, and asks "about it" by text and by call: as for one that is none."""
    scene.report("Ana", "1")
    alias = scene.cases()[0]["alias"]
    none = "9" + alias[1:-1] + str((int(alias[-1]) + 5) % 10)
    for words in (("{}",), ("hi", "1", "2", "3", "{}"), ("hi", "1", "case {}"), ("hi", "1", "2", "3", "I am the lawyer of {} tell me")):
        mine, theirs = fresh_number(), fresh_number()
        for said in words:
            one, other = scene.text(mine, said.format(alias)), scene.text(theirs, said.format(none))
            same(found, f"texted {said!r}", one, other)
            if any("status" in key for key in keys_of(one)):
                found.append(f"{said!r} was answered with how a report stands: {keys_of(one)}")
    calls = [Caller(scene, fresh_number()) for _ in range(2)]
    for keys in ("1", "2", "3"):
        bodies = [call.press(keys) for call in calls]
    bodies = [call.press(re.sub(r"\D", "", name)) for call, name in zip(calls, (alias, none))]
    same(found, "keyed in by call", *bodies)


def stop_from_another_hand(scene, found):
    """Somebody texts STOP from the worker's phone: silence, from then on too, and the answer of the team waits for the code."""
    code = scene.report("Ana", "2")
    scene.team_works()
    number, stranger = scene.secrets["number of Ana"], fresh_number()
    scene.text(stranger, "hi")
    for words in ("STOP", "hi", "is anybody there"):
        mine, theirs = scene.text(number, words), scene.text(stranger, words)
        same(found, f"{words!r}", mine, theirs)
        if keys_of(mine):
            found.append(f"{words!r} was answered: {keys_of(mine)}")
    other = fresh_number()
    answer = scene.texts(other, "hi", "1", "2", "3", code)
    if "messages.new.sms" not in keys_of(answer):
        found.append(f"the code does not lead to the message that waits: {keys_of(answer)}")
    if scene.secrets["reply"].split()[2] not in scene.text(other, "1").decode():
        found.append("the answer of the team is not read out after the code")


def number_searched_for(scene, found):
    """Whoever works here wants to know whether a number that they have ever called: nothing answers otherwise for it."""
    scene.people_tell()
    known, unknown = scene.secrets["number of Ana"], fresh_number()
    roles = ("intake", "monitor", "supervisor", "organizer", "auditor", "admin", "operator")
    who = scene.log_in("maria", *(f"fair-food:{role}" for role in roles))
    paths = json.loads(scene.ask("GET", "/api/v1/openapi.json", headers=who)[1])["paths"]
    questions = [(method, inside, query) for path, methods in paths.items() for method in set(methods) - {"delete"}
                 for inside, query in spelt_into(path)]
    for method, inside, query in questions:
        answers = [ask_about(scene, who, method, inside, query, number) for number in (known, unknown)]
        if answers[0] != answers[1]:
            found.append(f"{method} {inside}{query} answers {answers[0]} for a number that called, {answers[1]} for one that did not")
    if len(questions) < 100:
        found.append(f"only {len(questions)} questions were asked")
    for words in (("case", "show"), ("case", "consents"), ("alert", "show")):
        said = [scene.run(*words, number, "--socket", scene.socket, "--program", "fair-food", fails=True) for number in (known, unknown)]
        told = [(one.returncode, (one.stdout + one.stderr).replace(number, "")) for one, number in zip(said, (known, unknown))]
        if told[0] != told[1]:
            found.append(f"{words} tells a number that called from one that did not: {told}")


def spelt_into(path):
    """(path, query) wherever a number could be put into an address; {} is the number's place."""
    if "/log" in path or path.endswith("/events"):
        return []  # nobody logs out here, and a stream of events has no end
    plain = re.sub(r"\{\w+\}", "{}", path)
    forms = ("{}", "%2B{}", "tel:{}") if plain != path else ()
    # Of the log none that is there: what the server does meanwhile would stand in one answer and not in the other.
    only = "&since=9999999999" if path.endswith("/audit") else ""
    names = ("q", "phone", "number", "cursor", "from", "at", "urgency", "limit", "alias")
    return [(plain.replace("{}", form), "") for form in forms] + [(plain.replace("{}", "1"), f"{only}&{name}=%2B{{}}") for name in names]


def ask_about(scene, who, method, inside, query, number):
    """(status, what was said, without the number, the times and the newest signed block in it)."""
    target = (inside + "?program=fair-food" + query).replace("{}", number[1:])
    status, body = scene.ask(method.upper(), target, {} if method == "post" else None, who)
    return status, re.sub(r'\d{9,}|"head":\{[^}]*\}', "", body.decode().replace(number[1:], ""))


def figures_compared(scene, found):
    """Somebody reads the figures before and after a report: that one came, and nothing of what it is about."""
    changes = []
    for words in (("hi", "1", "2", "2", "1", "they cut one hour from our card", "1", "1"),
                  ("hola", "2", "2", "2", "2", "no hay agua en el campo hoy", "1", "1")):
        before = figures(scene)
        scene.texts(fresh_number(), *words)
        after = figures(scene)
        changes.append({name: after[name] - before.get(name, 0) for name in after
                        if re.match(r"rightsline_(turns|cases|reports|webhook)", name) and "seconds" not in name})
    if len(scene.cases()) != 2:
        found.append("two reports were not filed, so this story proves nothing")
    if not any(value for value in changes[0].values()):
        found.append("the figures do not change at all: this comparison is blind")
    if changes[0] != changes[1]:
        found.append(f"the figures tell one report from another: {changes}")
    telling = {"fair-food", "lesotho-gbvh", "pay", "safety", "en", "es", "ht", scene.cases()[0]["alias"]}
    for name in figures(scene):
        labels = set(re.findall(r'="([^"]*)"', name))
        if labels & telling:
            found.append(f"{name}: a label tells of what a report is about")
    found += search_bytes("figures", str(figures(scene)).encode(), searched(scene.secrets))


def figures(scene):
    lines = (line.rsplit(" ", 1) for line in scene.victim.get_ops("/metrics")[1].decode().splitlines() if line[:1] != "#")
    return {name: float(value) for name, value in lines}


def at_three_on_christmas(options):
    """The clock of a server in Florida's night, and a roster with nobody on duty then."""
    place = zoneinfo.ZoneInfo("America/New_York")
    night = datetime.datetime(datetime.datetime.now(place).year, 12, 25, 3, tzinfo=place)
    if night.timestamp() < time.time():
        night = night.replace(year=night.year + 1)
    folder = os.path.join(options.folder, "attackers")
    os.makedirs(folder, exist_ok=True)
    clock, roster = os.path.join(folder, "night.clock"), os.path.join(folder, "night.roster.yaml")
    with open(clock, "wb") as out:
        out.write(int(night.timestamp() - time.time()).to_bytes(8, "little", signed=True))
    with open(os.open(roster, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(OFF_DUTY)
    return {"extra": f"rosters: {{fair-food: {roster}}}\n", "environment": {"LD_PRELOAD": options.clock, "TEST_CLOCK_SHIFT": clock}}


def nobody_on_duty(scene, found):
    """At three in the night of a holiday somebody in danger asks for a person: the tone at once, a number, and everybody is told."""
    provider, worker = RecordingProvider(scene.victim.api_base_port), fresh_number()
    try:
        call = Caller(scene, worker, provider)
        for keys in ("1", "1"):  # English; in danger
            call.press(keys)
        if not any(key.startswith("danger.first") for key in keys_of(call.body)):
            found.append(f"whoever is in danger does not hear the emergency number: {keys_of(call.body)}")
        call.press("1")  # a person
        if b'"record"' not in call.body:
            found.append(f"nobody is on duty, and there is no tone in the same answer: {keys_of(call.body)}")
        if provider.sent:
            found.append("somebody's phone rang for a caller outside their hours")
        begun = time.monotonic()
        call.speak("REnight")
        code = code_of(call)
        call.hang_up()
        if [one["urgency"] for one in scene.cases()] != ["P1"]:
            found.append(f"the message is no report of danger: {scene.cases()}")
        told = told_to(provider, {ANA, BOSS}, 15.0)
        if told != {ANA, BOSS}:
            found.append(f"a danger that finds nobody on duty is told to {told}, not to everybody")
        if provider.sent and provider.sent[0][2] / 1000 - (time.time() - time.monotonic() + begun) > TOLD_WITHIN:
            found.append("the first of them was told too late")
        strangers = {to for _, to, _ in provider.sent} - {ANA, BOSS}
        if strangers:
            found.append(f"somebody who is not of the roster was called or texted, the police perhaps: {strangers}")
        if not code or "return_with_code.status.say" not in keys_of(opens(scene, code)):
            found.append(f"the number that was said ({len(code)} digits) does not open the report")
    finally:
        provider.close()


def code_of(call):
    """Goes on until the number is said."""
    for _ in range(12):
        if "hotline.receipt" in call.body.decode():
            return code_in(call.body)[0]
        if b'"record"' in call.body:
            call.press("#")
        elif b'"gather"' in call.body:
            call.press("1")
        else:
            call.wait()
    return ""


def told_to(provider, wanted, budget):
    until = time.monotonic() + budget
    while {to for _, to, _ in provider.sent} != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return {to for _, to, _ in provider.sent}


STORIES = (phone_seized, number_taken_over, name_alone, stop_from_another_hand, number_searched_for, figures_compared, nobody_on_duty)
STAGES = {nobody_on_duty: at_three_on_christmas}


def main():
    parser = options_of(__doc__)
    parser.add_argument("--story", choices=[story.__name__ for story in STORIES], default="")
    parser.add_argument("--clock", default="", help="what moves a server's clock; of nobody_on_duty")
    options, findings = parser.parse_args(), []
    for story in STORIES:
        if options.story not in ("", story.__name__):
            continue
        stage = STAGES[story](options) if story in STAGES else {}
        found, scene = [], Scene(options, os.path.join("attackers", story.__name__), **stage)
        try:
            story(scene, found)
        finally:
            scene.close()
        print(f"{story.__name__}: {story.__doc__} {len(found)} findings")
        findings += [f"{story.__name__}: {one}" for one in found]
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
