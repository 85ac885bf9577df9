"""A real call: baresip rings the line through a small bridge (bridge.py), with SIP, RTP, key tones and a voice, all on loopback.

    call_test.py --binary … --source … --folder …

Somebody calls in English, reports by voice, skips three questions by saying nothing, is told the number to come back with, keys it
in, and hangs up. Then: every sound that was played was heard, sample for sample; the voice came home, is sealed, and opens with the
circle's key; the provider keeps nothing of it; and neither their number nor the code stands in the log or in any file of the state.

Without baresip it is skipped (77); with CI=true that is a failure. FOLDER keeps the prompts' draft audio from one run to the next.
"""
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "chaos")]
sys.dont_write_bytecode = True
from bridge import Bridge  # noqa: E402
from caller import PROGRAM, Caller  # noqa: E402
from canary import search_bytes, search_files, searched  # noqa: E402
from media import SECOND  # noqa: E402
from proof import options_of, verdict  # noqa: E402
from sound import FRAME, RATE, decoded, heard, hum, loudest, mulaw_of, samples_of, trimmed, wav_of  # noqa: E402
from victim import Victim  # noqa: E402

NUMBER = "+13055550119"
SPEAKS = 4.0      # seconds
MICROPHONE = 180  # seconds of speech that it has: longer than the call
ENOUGH = 0.8      # of a sound must be heard, or of a voice recorded: a busy machine may lose a packet of it
NOT_THERE = 0.4   # so much of a sound is heard at most where another was played
CLIP = re.compile(r"^  (\S+): \{file: (\S+), hash: ([0-9a-f]{64}),", re.M)


def missing_phone():
    print("there is no baresip: run ./deploy/install with a network")
    return 1 if os.environ.get("CI") == "true" else 77


def draft_audio(options, folder):
    """The program's prompts in English, spoken by machine where it was not yet done. {hash: names}, [file …]"""
    subprocess.run([options.binary, "prompts", "draft", "--program", options.source + "/flows/fair-food", "--language", "en",
                    "--out", folder], check=True, capture_output=True, timeout=200)
    names, files = {}, {}
    for group in sorted(os.listdir(folder + "/en/audio")):
        index = os.path.join(folder, "en", "audio", group, "index.yaml")
        if os.path.isfile(index):
            with open(index) as file:
                for name, path, digest in CLIP.findall(file.read()):
                    names.setdefault(digest, []).append(name)
                    files[name] = os.path.join(folder, "en", "audio", path)
    return names, files


def a_voice(files):
    """Minutes of speech in which nothing comes twice: what the lessons say."""
    voice = b""
    for name in sorted(files):
        if name.startswith("rights.") and name.endswith((".say.0", ".voice.0")) and len(voice) < 2 * RATE * MICROPHONE:
            with open(files[name], "rb") as file:
                voice += decoded(trimmed(mulaw_of(file.read())))
    if len(voice) < 2 * RATE * MICROPHONE:
        raise RuntimeError("the lessons are too short for a microphone: take more clips")
    return voice


def report(phone, call):
    """What the caller does; the code that they were told."""
    call.await_heard("hotline.language.menu.0")
    call.await_heard("<Say>", listen=0.5)  # the other languages of the menu have no recordings here
    phone.press("1")
    for prompt, key in (("danger_now.menu", "2"), ("main.menu", "2"), ("what_happened.menu", "1")):
        call.await_heard(f"hotline.{prompt}.0", listen=1.0)
        phone.press(key)
    call.await_tape(1)
    phone.speak()
    time.sleep(SPEAKS)
    phone.be_silent()
    time.sleep(0.3)  # what they said last is on its way
    phone.press("#")
    call.await_heard("hotline.keep.menu.0", listen=1.0)
    phone.press("1")
    for number in (2, 3, 4):  # where, who, when: nothing said
        call.await_tape(number)
        phone.press("#")
    call.await_heard("contact_mode.reach.menu.0", listen=1.0)
    phone.press("1")
    call.await_heard("hotline.receipt.voice.0")
    call.await_heard("hotline.receipt.voice.2")  # "Once more": after the first twelve
    code = "".join(digit for _, digit in digits_of(call))[:12]
    phone.press(code)
    call.await_heard("hotline.matched.say.0")
    phone.hang_up()
    return code


def digits_of(call):
    """The digits of the number to come back with, as they were played, in order: (sound, digit). Menus say digits too, before it."""
    found, begun = [], False
    for one in call.played:
        begun = begun or "hotline.receipt.voice.0" in one.names
        digit = next((match for name in one.names if (match := re.match(r"common\.digit(?:_final)?\.(\d)\.", name))), None)
        if begun and digit:
            found.append((one, digit.group(1)))
    return found


class Findings(list):
    def unless(self, holds, what):
        if not holds:
            self.append(what)


def what_was_heard(call, phone, findings):
    """Every sound, at its place: packet by packet what was sent is what was heard, but for what was lost on the way."""
    ear, at = phone.heard(), 0
    seconds, clips = len(ear) / 2 / RATE, 0
    findings.unless(loudest(ear) > 3000, "the caller heard nothing but silence")
    findings.unless(seconds > 0.9 * call.media.sent / SECOND, f"the caller heard {seconds:.1f} s of {call.media.sent / SECOND:.1f}")
    spoken = [one for one, _ in digits_of(call)]
    for one in call.played:
        sound = decoded(one.mulaw[:one.packets * FRAME])
        share, at = heard(sound, ear, max(at, one.start * FRAME - 2 * RATE), one.start * FRAME + len(sound) // 2 + RATE)
        clips += one.names[0] not in ("<Say>", "<tone>")
        findings.unless(share >= ENOUGH, f"of {one.names[0]} only {share:.0%} was heard")
        if one in spoken[:12]:  # a wrong digit in its place would be noticed
            others = {other.mulaw for other in spoken} - {one.mulaw}
            most = max((heard(decoded(other), ear, at - len(sound) // 2, at)[0] for other in others), default=0)
            findings.unless(most <= NOT_THERE, f"another digit was heard in the place of {one.names[0]}")
    findings.unless(len(spoken) >= 12, f"only {len(spoken)} digits were spoken")
    print(f"heard: {seconds:.1f} s, {clips} clips, {len(spoken)} of them digits")


def what_was_kept(call, bridge, victim, voice, findings):
    """One recording: fetched with the account's credentials, sealed, deleted there, and opened by the circle."""
    findings.unless(len(call.taped) == 1, f"{len(call.taped)} recordings were made in place of one")
    cases = victim.case_list()
    findings.unless(len(cases) == 1, f"there are {len(cases)} reports in place of one")
    if not call.taped or not cases:
        return
    (name, sound), sounds = call.taped[0], os.path.join(victim.folder, "sounds")
    findings.unless(bridge.recordings.await_erased(name, 30), "the provider still keeps the recording")
    findings.unless(bridge.recordings.asked == [("GET", 200), ("DELETE", 204)], f"the provider was asked {bridge.recordings.asked}")
    parts = [part for part in victim.case_show(cases[0]["id"], sounds)["parts"] if part["recording"]]
    findings.unless([part["name"] for part in parts] == ["story"], f"the report has {[part['name'] for part in parts]}")
    for part in parts:
        with open(os.path.join(sounds, part["recording"] + ".wav"), "rb") as file:
            opened = file.read()
        findings.unless(opened == sound, "what the circle opens is not what was recorded")
        said, seconds = samples_of(opened), len(opened) / 2 / RATE
        share, _ = heard(said, voice)
        findings.unless(share >= ENOUGH, f"only {share:.0%} of the recording is what was spoken into the phone")
        findings.unless(SPEAKS / 2 < seconds < SPEAKS * 4, f"{SPEAKS} s were spoken and {seconds:.1f} s recorded")
        findings.unless(loudest(said) > 3000, "the recording is silent")
        print(f"kept: {seconds:.1f} s, {share:.0%} of it sample for sample")
    blobs = os.path.join(victim.state, "blobs")
    sealed = [open(os.path.join(blobs, name), "rb").read() for name in os.listdir(blobs)]
    findings.unless(len(sealed) == 1 and sound[2000:2064] not in sealed[0], "the recording does not lie sealed in the state folder")


def self_test():
    """The ear that judges is not deaf, and does not hear what is not there."""
    one, other = hum(1.0), hum(1.0, half_wave=7)
    quiet = b"\xff" * RATE
    line = decoded(quiet + one + quiet + other)
    assert heard(decoded(one), line)[0] == 1 and heard(decoded(one), line, RATE * 3)[0] == 0
    assert heard(decoded(other), line)[0] == 1 and heard(decoded(other), line, 0, RATE * 3)[0] == 0
    assert heard(decoded(hum(1.0, half_wave=5)), line)[0] == 0 and heard(decoded(quiet), b"") == (1.0, 0)
    assert samples_of(wav_of(line)) == line and trimmed(quiet + one + quiet) == one


def converse(options, folder, audio):
    names, files = draft_audio(options, audio)
    self_test()
    voice = a_voice(files)
    microphone = os.path.join(folder, "microphone.wav")
    with open(microphone, "wb") as out:
        out.write(wav_of(voice))
    findings, victim = Findings(), Victim(options.binary, options.source, os.path.join(folder, "line"), audio=audio)
    bridge = phone = None
    try:
        victim.start()
        bridge = Bridge(victim, names)
        phone = Caller(folder, NUMBER, microphone)
        phone.dial(bridge.address())
        call = bridge.await_call()
        phone.await_answer()
        code = report(phone, call)
        call.thread.join(20)
        if call.failure:
            raise call.failure
        what_was_heard(call, phone, findings)
        what_was_kept(call, bridge, victim, voice, findings)
        needles = searched({"number": NUMBER, "code": code})
        victim.stop()
        with open(victim.log, "rb") as log:
            findings += search_bytes("log", log.read(), needles)
        findings += search_files([victim.state], needles)
    except RuntimeError as broken:  # the call took another way; its words say where
        findings.append(str(broken))
    finally:
        for one in (phone, bridge):
            if one:
                one.close()
        victim.stop()
    return findings


def main():
    options = options_of(__doc__).parse_args()
    if PROGRAM is None:
        return missing_phone()
    options.source = os.path.abspath(options.source)
    folder = os.path.abspath(os.path.join(options.folder, "call"))
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    began = time.monotonic()
    findings = converse(options, folder, os.path.abspath(os.path.join(options.folder, "audio")))
    print(f"{time.monotonic() - began:.0f} s, {len(findings)} findings" + (f"; the logs are in {folder}" if findings else ""))
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
