"""Caller: a real phone. baresip without screen, sound card or network: it speaks what is in one file, writes what it hears into
another, and does what it is told over its control socket. It ends by itself when the test does not end it.
"""
import glob
import json
import os
import shutil
import socket
import struct
import subprocess
import threading
import time

from sound import samples_of
from victim import free_port

PROGRAM = shutil.which("baresip")
LONGEST = 280  # seconds; then it quits, whatever became of the test
MODULES = ("/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules", "/usr/local/lib/baresip/modules")
CONFIG = """sip_listen 127.0.0.1:{sip}
net_interface 127.0.0.1
rtp_ports {rtp}-{rtp_end}
jitter_buffer_delay 1-200
audio_buffer 20-2000
audio_source aufile,{microphone}
ausrc_srate 8000
ausrc_channels 1
snd_path {heard}
ringback_disabled yes
ctrl_tcp_listen 127.0.0.1:{control}
module_path {modules}
module g711.so
module aufile.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
"""


class Caller:
    def __init__(self, folder, number, microphone):
        """`microphone`: a WAV of 8,000 Hz, as long as the call at least; nothing of it is sent before speak()."""
        self.folder, self.number, self.microphone = folder, number, microphone
        self.heard_folder = os.path.join(folder, "heard")
        os.makedirs(self.heard_folder)
        self.log, self.events, self.news = os.path.join(folder, "baresip.log"), [], threading.Condition()
        self.muted, self.process, self.wire = False, None, None
        for _ in range(3):  # a port may be taken between the question and the start
            if self._start():
                break
        else:
            raise RuntimeError(f"baresip does not start; its log: {self.log}")
        threading.Thread(target=self._listen, daemon=True).start()

    def _start(self):
        sip, control, rtp = free_port(), free_port(), free_port() & ~1
        modules = next((folder for folder in MODULES if os.path.isdir(folder)), MODULES[0])
        with open(os.path.join(self.folder, "config"), "w") as out:
            out.write(CONFIG.format(sip=sip, control=control, rtp=rtp, rtp_end=rtp + 100, microphone=self.microphone,
                                    heard=self.heard_folder, modules=modules))
        with open(os.path.join(self.folder, "accounts"), "w") as out:
            out.write(f"<sip:{self.number}@127.0.0.1>;regint=0;audio_codecs=PCMU;ptime=20\n")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([PROGRAM, "-f", self.folder, "-4", "-t", str(LONGEST), "-v"], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, cwd=self.folder)
        until = time.monotonic() + 20
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.wire = socket.create_connection(("127.0.0.1", control), timeout=LONGEST)
                return True
            except OSError:
                time.sleep(0.05)
        self.close()
        return False

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.wire:
            self.wire.close()

    # --- its control socket: netstrings of JSON ------------------------------------------------------------------------
    def _tell(self, command, words=""):
        said = json.dumps({"command": command, "params": words}).encode()
        self.wire.sendall(b"%d:%s," % (len(said), said))

    def _listen(self):
        reader = self.wire.makefile("rb")
        try:
            while True:
                size = b""
                while not size.endswith(b":"):
                    byte = reader.read(1)
                    if not byte:
                        return
                    size += byte
                said = json.loads(reader.read(int(size[:-1]) + 1)[:-1])
                with self.news:
                    if said.get("event"):
                        self.events.append(said["type"])
                    self.news.notify_all()
        except (OSError, ValueError):  # it has gone
            return

    def await_event(self, kind, seconds=30):
        with self.news:
            if not self.news.wait_for(lambda: kind in self.events, seconds):
                raise RuntimeError(f"baresip did not say {kind} within {seconds} s but {self.events}; its log: {self.log}")

    # --- what a person does with it ------------------------------------------------------------------------------------
    def dial(self, address):
        self._tell("dial", address)

    def await_answer(self):
        self.await_event("CALL_ESTABLISHED")
        self.be_silent()

    def be_silent(self):
        if not self.muted:
            self._tell("mute")
            self.muted = True

    def speak(self):
        if self.muted:
            self._tell("mute")
            self.muted = False

    def press(self, keys):
        self._tell("sndcode", keys)

    def hang_up(self):
        self._tell("hangup")
        self.await_event("CALL_CLOSED")

    def heard(self):
        """The samples of all that it heard, once it has hung up. Its table has 2 and -2 for the two codes of zero."""
        found = glob.glob(os.path.join(self.heard_folder, "*-dec.wav"))
        if len(found) != 1:
            raise RuntimeError(f"baresip wrote down {len(found)} calls; its log: {self.log}")
        with open(found[0], "rb") as file:
            samples = samples_of(file.read())
        levels = struct.unpack(f"<{len(samples) // 2}h", samples)
        return struct.pack(f"<{len(levels)}h", *(0 if abs(level) <= 2 else level for level in levels))
