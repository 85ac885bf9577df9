"""Machines that call: a fax machine, a radio that nobody turns off, a phone in a pocket. Real sound on the line, and no key, ever.

    machines_test.py --binary … --source … --folder …

Three phones ring at once. Each call comes to its end, or to where only a person could go on, by itself: silence is a goodbye and no
report; noise and the tone of a fax machine (1,100 Hz, half a second in each three and a half) are one message, as from somebody whose
language the line does not speak, and then a goodbye. None hears a question twice over, none is put through to anybody.

Without baresip it is skipped (77); with CI=true that is a failure.
"""
import math
import os
import random
import shutil
import struct
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "chaos")]
sys.dont_write_bytecode = True
from bridge import Bridge  # noqa: E402
from call_test import Findings, draft_audio, missing_phone  # noqa: E402
from caller import PROGRAM, Caller  # noqa: E402
from proof import options_of, verdict  # noqa: E402
from sound import RATE, wav_of  # noqa: E402
from victim import Victim  # noqa: E402

TALKS = 12.0   # seconds of a message; then the machine gives up, or the radio is out of reach
LONGEST = 150  # seconds that any of these calls may take, on a busy machine
TURNS = 6      # answers of the line at most: a question, a tone, a goodbye


def samples(levels):
    return struct.pack(f"<{len(levels)}h", *levels)


def fax_tone():
    """CNG, as the machine that calls sends it: 1,100 Hz for half a second, three of silence."""
    tone = [int(9000 * math.sin(2 * math.pi * 1100 * at / RATE)) for at in range(RATE // 2)]
    return samples((tone + [0] * 3 * RATE) * 80)


def radio():
    dice = random.Random(7)
    return samples([dice.randint(-4000, 4000) for _ in range(20 * RATE)]) * 14


class Machine:
    """One of them: what it sends, and its call."""

    def __init__(self, name, number, folder, sound):
        self.name, self.number, self.sound = name, number, sound
        os.makedirs(folder)
        microphone = os.path.join(folder, "microphone.wav")
        with open(microphone, "wb") as out:
            out.write(wav_of(sound))
        self.phone, self.call = Caller(folder, number, microphone), None

    def ring(self, bridge):
        self.phone.dial(bridge.address())
        self.call = bridge.await_call()
        self.phone.await_answer()
        self.phone.speak()


def lives_through(machine, findings):
    """Waits for the end of its call; what was heard in it."""
    if any(machine.sound):
        machine.call.await_tape(1, LONGEST)
        time.sleep(TALKS)
        machine.phone.be_silent()  # five seconds of nothing end a message
    machine.call.thread.join(LONGEST)
    findings.unless(not machine.call.thread.is_alive(), f"{machine.name}: the call goes on and on")
    if machine.call.failure:
        raise machine.call.failure
    return [name for one in machine.call.played for name in one.names]


def judge(machine, heard, findings):
    noisy = any(machine.sound)
    tones = 1 if noisy else 2  # whoever was silent is asked once more
    findings.unless(machine.call.tapes_begun == tones, f"{machine.name}: {machine.call.tapes_begun} tones")
    findings.unless(heard.count("hotline.language.menu.0") == 1, f"{machine.name} heard the menu again and again: {heard}")
    findings.unless("common.goodbye.0" in heard, f"{machine.name} was not said goodbye to: {heard}")
    findings.unless(not any(name.startswith(("person.", "common.handoff")) for name in heard), f"{machine.name} was put through: {heard}")
    findings.unless(("common.message_kept.0" in heard) == noisy, f"{machine.name}: it heard {heard}")
    findings.unless(machine.call.answers <= TURNS, f"{machine.name}: the line answered {machine.call.answers} times")
    print(f"{machine.name}: {machine.call.answers} answers, {len(heard)} sounds")


def converse(options, folder, audio):
    names, _ = draft_audio(options, audio)
    findings, victim = Findings(), Victim(options.binary, options.source, os.path.join(folder, "line"), audio=audio)
    bridge, machines = None, []
    try:
        victim.start()
        bridge = Bridge(victim, names)
        for name, number, sound in (("a fax machine", "+13055550131", fax_tone()), ("a radio", "+13055550132", radio()),
                                    ("a phone in a pocket", "+13055550133", bytes(2 * RATE * 200))):
            machines.append(Machine(name, number, os.path.join(folder, number), sound))
            machines[-1].ring(bridge)
        for machine in machines:
            judge(machine, lives_through(machine, findings), findings)
        cases = victim.case_list()
        findings.unless(len(cases) == 2, f"there are {len(cases)} reports in place of one for each that made a sound")
        findings.unless(all(case["reason"] == "spoken_message" for case in cases), "one is no spoken message")
    except RuntimeError as broken:  # a call took another way; its words say where
        findings.append(str(broken))
    finally:
        for one in [machine.phone for machine in machines] + [bridge]:
            if one:
                one.close()
        victim.stop()
    return findings


def main():
    options = options_of(__doc__).parse_args()
    if PROGRAM is None:
        return missing_phone()
    options.source = os.path.abspath(options.source)
    folder = os.path.abspath(os.path.join(options.folder, "machines"))
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    began = time.monotonic()
    findings = converse(options, folder, os.path.abspath(os.path.join(options.folder, "audio")))
    print(f"{time.monotonic() - began:.0f} s, {len(findings)} findings" + (f"; the logs are in {folder}" if findings else ""))
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
