"""The vault of a world in a process of its own (`rightsline vault`), with the keys that open a number, and no server that has them.

The world's own folder of keys stays whole, for the tool that reads what was posted; the servers get a folder without those.
"""
import os
import shutil
import stat
import subprocess
import time

HOME_KEYS = ("pepper.key", "number.key", "state.1.key")


class VaultProcess:
    def __init__(self, binary, folder, keys):
        self.binary, self.folder = binary, folder
        self.socket, self.process = os.path.join(folder, "vault.sock"), None
        self.server_keys, self.own_keys = os.path.join(folder, "server-keys"), os.path.join(folder, "vault-keys")
        shutil.copytree(keys, self.server_keys)
        os.makedirs(self.own_keys, mode=0o700)
        for name in HOME_KEYS:
            os.rename(os.path.join(self.server_keys, name), os.path.join(self.own_keys, name))

    def rise(self):
        """Returns when it listens."""
        with open(os.path.join(self.folder, "vault.log"), "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "vault", "--keys-dir", self.own_keys, "--socket", self.socket, "--state-dir",
                 os.path.join(self.folder, "vault-state")], stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + 20
        while not (os.path.exists(self.socket) and stat.S_ISSOCK(os.stat(self.socket).st_mode)):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the vault did not come up; its log: {self.folder}/vault.log")
            time.sleep(0.02)

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if os.path.exists(self.socket):
            os.unlink(self.socket)
