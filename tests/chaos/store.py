"""A Redis that the test owns: started as deploy/redis.conf says, killed, cut from power, filled, starved and set right.

A watcher starts it again whenever it ends while it should run, as a supervisor does. Preloads move its clock, make its
disk sick, and note what was fsynced. Threading: any; one lock around life and death.
"""
import os
import re
import signal
import socket
import subprocess
import threading
import time

import power_cut

PASSWORDS = {"caller": "a-word-for-callers", "loader": "a-word-for-loaders", "keeper": "a-word-for-keepers"}


class StoreGone(Exception):
    pass


class Store:
    def __init__(self, folder, options, shims, clock, arguments=()):
        """shims: paths for LD_PRELOAD, synced_sizes the last, so that it hears only of what really was synced."""
        self.folder, self.arguments, self.binary = folder, list(arguments), options.binary
        self.synced = os.path.join(folder, "synced")
        self.socket = os.path.join(folder, "redis.sock")
        self.pid_file = os.path.join(folder, "redis.pid")
        self.trouble_file = os.path.join(folder, "trouble")
        os.makedirs(self.synced, exist_ok=True)
        self.trouble(" ")
        self.environment = {**os.environ, "LD_PRELOAD": " ".join(shims), "TEST_CLOCK_SHIFT": clock,
                            "RL_CUT_SYNCED": self.synced, "RL_DISK_TROUBLE": self.trouble_file,
                            "RL_DISK_PLACE": "appendonlydir"}
        self._write_files(options.source)
        self.process, self.wanted, self.starts = None, False, 0
        self.dead_since = None  # killed, and not to come back before start()
        self.lock = threading.RLock()
        self.ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _write_files(self, source):
        # Everybody's rights as deploy/redis.conf tells them to an operator.
        with open(os.path.join(source, "deploy", "redis.conf")) as text:
            told = re.sub(r"\n#\s+", " ", text.read())
        with open(os.path.join(self.folder, "users.acl"), "w") as out:
            out.write("user default reset off ~* &* +@all\nuser tester reset on nopass ~* &* +@all\n")
            for user, password in PASSWORDS.items():
                rights = re.search(rf"user {user} reset on #HASH (.*?)(?: user | \(one line|$)", told, re.M).group(1)
                out.write(f"user {user} reset on >{password} {rights}\n")
        with open(os.path.join(self.folder, "redis.conf"), "w") as out:
            out.write(f"port 0\nunixsocket {self.socket}\nunixsocketperm 600\ndir {self.folder}\n"
                      f"aclfile {self.folder}/users.acl\nlogfile {self.folder}/redis.log\ndatabases 1\nsave \"\"\n"
                      "appendonly yes\nappendfsync always\nno-appendfsync-on-rewrite no\naof-load-truncated yes\n"
                      "maxmemory-policy noeviction\n")

    # --- life and death --------------------------------------------------------------------------------------------
    def start(self):
        with self.lock:
            self.wanted, self.dead_since = True, None
            if self.process is None or self.process.poll() is not None:
                self._mend()
                self.process = subprocess.Popen(["redis-server", f"{self.folder}/redis.conf", *self.arguments],
                                                env=self.environment, stdout=subprocess.DEVNULL,
                                                stderr=subprocess.DEVNULL, start_new_session=True)
                self.starts += 1
                with open(self.pid_file, "w") as out:
                    out.write(str(self.process.pid))

    def _mend(self):
        """As the runbook tells whoever keeps a Redis of their own."""
        files = os.path.join(self.folder, "appendonlydir")
        if os.path.exists(os.path.join(files, "appendonly.aof.manifest")):
            subprocess.run([self.binary, "mend-store", files], stdout=subprocess.DEVNULL)

    def await_ready(self, budget=20.0):
        until = time.monotonic() + budget
        while time.monotonic() < until:
            try:
                if self.ask("PING", timeout=1.0) == "PONG":
                    return
            except (StoreGone, OSError, RuntimeError):  # gone, or it still reads its file
                pass
            time.sleep(0.01)
        raise RuntimeError(f"Redis did not come up; its log: {self.folder}/redis.log")

    def _watch(self):
        while not self.ended.wait(0.02):
            with self.lock:
                if self.wanted and self.process and self.process.poll() is not None:
                    self.start()

    def signal(self, how):
        """Also of one that starts again at this moment."""
        with self.lock:
            if self.process and self.process.poll() is None:
                os.kill(self.process.pid, how)

    def kill(self):
        with self.lock:
            self.wanted = False
            self.signal(signal.SIGKILL)
            if self.process:
                self.process.wait()
            self.dead_since = self.dead_since or time.monotonic()

    def was_dead_since(self, when):
        dead = self.dead_since
        return dead is not None and dead < when

    def lose_power(self):
        """Dead; what was not fsynced is gone. Returns the bytes lost."""
        self.kill()
        return power_cut.cut(os.path.join(self.folder, "appendonlydir"), self.synced, self.process.pid)

    def close(self):
        self.ended.set()
        with self.lock:
            self.wanted = False
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
            if self.process:
                self.process.wait()

    # --- what hurts it ---------------------------------------------------------------------------------------------
    def trouble(self, what):
        with open(self.trouble_file, "r+b" if os.path.exists(self.trouble_file) else "wb") as out:
            out.write(what.encode())

    def ask(self, *words, timeout=3.0):
        """One command as the user who may do everything. Raises StoreGone, or RuntimeError with Redis' refusal."""
        command = b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in (str(one).encode() for one in words))
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(timeout)
            try:
                wire.connect(self.socket)
                wire.sendall(b"*3\r\n$4\r\nAUTH\r\n$6\r\ntester\r\n$1\r\nx\r\n*%d\r\n" % len(words) + command)
                with wire.makefile("rb") as answers:
                    read_reply(answers)
                    return read_reply(answers)
            except (OSError, ValueError) as broken:
                raise StoreGone(str(broken)) from broken

    def insist(self, *words, budget=15.0):
        """Until it is done: what was taken from a store must be given back."""
        until = time.monotonic() + budget
        while True:
            try:
                return self.ask(*words)
            except (StoreGone, RuntimeError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)


def read_reply(stream):
    line = stream.readline()
    if not line.endswith(b"\r\n"):
        raise ValueError("the connection ended")
    kind, rest = line[:1], line[1:-2]
    if kind == b"-":
        raise RuntimeError(rest.decode())
    if kind == b":":
        return int(rest)
    if kind == b"+":
        return rest.decode()
    if kind == b"$":
        return None if rest == b"-1" else stream.read(int(rest) + 2)[:-2].decode("latin-1")
    return [read_reply(stream) for _ in range(int(rest))] if rest != b"-1" else None
