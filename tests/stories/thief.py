"""Thief: what somebody does with what they took. Standard library, libsodium, and a redis-server of their own.

A dump is loaded and read key by key; numbers are tried out one after the other against every name in it, by every hash that
people name numbers with; sealed bytes are opened with whatever keys were taken; codes are guessed as the house derives them.
"""
import base64
import ctypes
import ctypes.util
import hashlib
import hmac
import os
import shutil
import socket
import subprocess
import time

KINDS = ("phone", "event", "call", "step", "limit", "receipt")
BLOB_HEAD, NONCE, TAG = 6, 24, 16
ONE_WAY_HEAD = 1 + 1 + 4 + 32 + 1
LOCK_HEAD = 1 + 9 + 2 + 4
LONGEST_NAME = 200
DIGESTS = (16, 20, 28, 32, 64)
SIZES = sorted({size for digest in DIGESTS for size in (digest, digest * 2, (digest * 8 + 5) // 6)})  # raw, hex, base64


class Redis:
    """Asks a server over its unix socket. Answers are bytes, numbers, None and lists of them."""

    def __init__(self, path):
        self.wire = socket.socket(socket.AF_UNIX)
        self.wire.settimeout(20)
        self.wire.connect(path)
        self.reader = self.wire.makefile("rb")

    def ask(self, *words):
        words = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        self.wire.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words))
        return self._answer()

    def _answer(self):
        line = self.reader.readline()[:-2]
        kind, rest = line[:1], line[1:]
        if kind == b"$":
            return None if rest == b"-1" else self.reader.read(int(rest) + 2)[:-2]
        if kind == b"*":
            return None if rest == b"-1" else [self._answer() for _ in range(int(rest))]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        return int(rest) if kind == b":" else rest


def flat(value):
    """Every string of an answer."""
    if isinstance(value, list):
        return [one for part in value for one in flat(part)]
    return [value] if isinstance(value, bytes) else [str(value).encode()]


class Dump:
    """A copy of a store's folder, read by a redis-server of the thief's. {key: its strings}"""

    READERS = {b"string": ("GET",), b"hash": ("HGETALL",), b"list": ("LRANGE", 0, -1), b"set": ("SMEMBERS",),
               b"zset": ("ZRANGE", 0, -1, "WITHSCORES"), b"stream": ("XRANGE", "-", "+")}

    def __init__(self, stolen, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        shutil.copytree(stolen, folder, ignore=shutil.ignore_patterns("*.sock", "*.pid", "*.conf", "*.acl"))
        self.values = {}
        path = os.path.join(folder, "thief.sock")
        server = subprocess.Popen(["redis-server", "--port", "0", "--unixsocket", path, "--dir", folder, "--appendonly",
                                   "yes", "--save", "", "--appenddirname", "appendonlydir"], stdout=subprocess.DEVNULL)
        try:
            self._read(path)
        finally:
            server.kill()
            server.wait()

    def _read(self, path):
        until = time.monotonic() + 20
        while True:
            try:
                store = Redis(path)
                store.ask("DBSIZE")
                break
            except (OSError, RuntimeError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        for key in store.ask("KEYS", "*"):
            reader = self.READERS[store.ask("TYPE", key)]
            self.values[key] = flat(store.ask(reader[0], key, *reader[1:]))

    def of(self, pattern):
        """{key: strings} of the keys that hold this, e.g. b":k:"."""
        return {key: strings for key, strings in self.values.items() if pattern in key}

    def hash_of(self, key):
        strings = self.values.get(key, [])
        return dict(zip(strings[::2], strings[1::2]))

    def everything(self):
        return b"\n".join(key + b"\n" + b"\n".join(strings) for key, strings in self.values.items())

    def names(self):
        """Whatever could be the name of somebody: every piece of every key, and of every short value, as long as a name is."""
        found = set()
        for key, strings in self.values.items():
            for text in (key, *(string for string in strings if len(string) <= LONGEST_NAME)):
                for size in SIZES:
                    found |= {text[at:at + size] for at in range(len(text) - size + 1)}
        return found


def spellings(number):
    plain = number.lstrip("+")
    return {number, plain, plain[1:], "00" + plain, "tel:" + number, "sms:" + number, "{fair-food}" + number}


def digests(text, keys):
    """What people make of a number to name it by: every usual hash, bare and under each key that was taken."""
    raw = text.encode()
    for make in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512, hashlib.blake2b, hashlib.blake2s):
        yield make(raw).digest()
        for key in keys:
            yield hmac.new(key, raw, make).digest()
            yield make(key + raw).digest()
    for size in (16, 32):
        yield hashlib.blake2b(raw, digest_size=size).digest()
        for key in keys:
            yield hashlib.blake2b(raw, digest_size=size, key=key[:64]).digest()


def house_names(pepper, text):
    """As the house itself names things under its pepper (gateway/vault/keyed_names.cpp)."""
    for kind in KINDS:
        key = hmac.new(pepper, f"rightsline id {kind}".encode(), hashlib.sha256).digest()
        yield hashlib.blake2b(text if isinstance(text, bytes) else text.encode(), digest_size=16, key=key).digest()


def written(digest):
    """The ways in which sixteen bytes or more may stand in a key."""
    for cut in (digest, digest[:16]):
        yield cut
        yield cut.hex().encode()
        yield cut.hex().upper().encode()
        yield base64.b64encode(cut).rstrip(b"=")
        yield base64.urlsafe_b64encode(cut).rstrip(b"=")


def enumerate_numbers(numbers, names, keys=(), pepper=None, spelt=()):
    """The numbers that a name in the dump is of. `spelt`: how the house writes them down, when that is known."""
    found = set()
    for number in numbers:
        for text in spellings(number):
            made = list(digests(text, keys))
            if any(form in names for digest in made for form in written(digest)):
                found.add(number)
        if pepper is not None:
            for spell in spelt:
                if any(form in names for digest in house_names(pepper, spell(number)) for form in written(digest)):
                    found.add(number)
    return found


class Sodium:
    """What libsodium has and the standard library has not."""

    def __init__(self):
        self.library = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
        assert self.library.sodium_init() >= 0

    def open_aead(self, key, nonce, data, sealed):
        plain, length = ctypes.create_string_buffer(max(1, len(sealed))), ctypes.c_ulonglong()
        failed = self.library.crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain, ctypes.byref(length), None, sealed, ctypes.c_ulonglong(len(sealed)), data,
            ctypes.c_ulonglong(len(data)), nonce, key)
        return None if failed else plain.raw[:length.value]

    def open_once(self, key, data, sealed):
        """ChaCha20-Poly1305 under a key that served once: its nonce is zero."""
        plain, length = ctypes.create_string_buffer(max(1, len(sealed))), ctypes.c_ulonglong()
        failed = self.library.crypto_aead_chacha20poly1305_ietf_decrypt(
            plain, ctypes.byref(length), None, sealed, ctypes.c_ulonglong(len(sealed)), data,
            ctypes.c_ulonglong(len(data)), bytes(12), key)
        return None if failed else plain.raw[:length.value]

    def multiply(self, scalar, point=None):
        out = ctypes.create_string_buffer(32)
        if point is None:
            self.library.crypto_scalarmult_base(out, scalar)
        else:
            self.library.crypto_scalarmult(out, scalar, point)
        return out.raw

    def stretch(self, code, salt):
        """Argon2id as the house stretches a code (gateway/vault/receipt_code.hpp): three passes, 64 MiB."""
        out = ctypes.create_string_buffer(64)
        failed = self.library.crypto_pwhash(out, ctypes.c_ulonglong(64), code.encode(), ctypes.c_ulonglong(len(code)), salt,
                                            ctypes.c_ulonglong(3), ctypes.c_size_t(64 << 20), 2)
        assert not failed
        return out.raw


def key_of(path):
    """(id, bytes) of a key file of the house."""
    with open(path) as file:
        fields = dict(line.split(": ", 1) for line in file.read().splitlines()[1:])
    return bytes.fromhex(fields["id"]), base64.b64decode(fields["key"] + "==")


def month_keys(path):
    """{number of the month: key} of those that are not destroyed (gateway/vault/epoch.hpp)."""
    with open(path) as file:
        lines = [line.split(": ", 1) for line in file.read().splitlines()[1:]]
    kept = [(name.split("-"), text) for name, text in lines if text != "destroyed"]
    return {int(year) * 12 + int(month) - 1: base64.b64decode(text) for (year, month), text in kept}


def take_off_months(sodium, dump, path):
    """Every number in the dump without the lock of its month, for who has those keys. Returns how many were locked."""
    keys, taken = month_keys(path), 0
    for place, strings in dump.values.items():
        case = place.rsplit(b":", 1)[-1]
        for index, string in enumerate(strings):
            at = string.find(b"\x02\x02")
            head = string[at:at + LOCK_HEAD]
            key = keys.get(int.from_bytes(head[10:12], "big")) if at >= 0 and len(string) - at > LOCK_HEAD + NONCE + TAG else None
            rest = at + LOCK_HEAD + NONCE
            plain = sodium.open_aead(key, string[at + LOCK_HEAD:rest], head + b"fair-food|" + case + b"|number", string[rest:]) if key else None
            if plain is not None:
                strings[index] = string[:at] + b"\x01" + head[1:10] + plain
                taken += 1
    return taken


def sealed_in(dump, head, least):
    """(redis key, bytes from that head on, every context that they may have been sealed in)."""
    for place, strings in dump.values.items():
        case = place.rsplit(b":", 1)[-1]
        contexts = {place, b"fair-food|" + case + b"|number"}
        contexts |= {place + string for string in strings if len(string) < 100}  # a hash: the field is a part of it
        for string in strings:
            at = string.find(head)
            if at >= 0 and len(string) - at >= least:
                yield place, string[at:], [bytes([purpose]) + context for context in contexts for purpose in range(24)]


def open_blobs(sodium, dump, name, key):
    """{redis key: [plain …]} of all that this key opens where it stands, whatever it was sealed for (gateway/vault/blob.hpp)."""
    found, head = {}, b"\x01\x01" + name
    for place, blob, told in sealed_in(dump, head, BLOB_HEAD + NONCE + TAG):
        nonce, sealed = blob[BLOB_HEAD:BLOB_HEAD + NONCE], blob[BLOB_HEAD + NONCE:]
        plains = (sodium.open_aead(key, nonce, head + what, sealed) for what in told)
        found.setdefault(place, []).extend(plain for plain in plains if plain is not None)
    return {place: plains for place, plains in found.items() if plains}


def open_one_way(sodium, dump, number_key):
    """The same of what the gateway seals and cannot open (gateway/vault/one_way.hpp), for who has the key of numbers."""
    def derive(key, label):
        return hashlib.blake2b(label, digest_size=32, key=key).digest()
    scalar = derive(number_key, b"rightsline numbers, one way")
    public, found = sodium.multiply(scalar), {}
    head = b"\x01\x02" + hashlib.blake2b(public, digest_size=32).digest()[:4]
    for place, blob, told in sealed_in(dump, head, ONE_WAY_HEAD + TAG):
        drawn, step = blob[6:38], blob[38]
        link = derive(sodium.multiply(scalar, drawn), b"rightsline one way 1" + drawn + public)
        for _ in range(step):
            link = derive(link, b"next")
        plains = (sodium.open_once(derive(link, b"message"), blob[:ONE_WAY_HEAD] + what, blob[ONE_WAY_HEAD:]) for what in told)
        found.setdefault(place, []).extend(plain for plain in plains if plain is not None)
    return {place: plains for place, plains in found.items() if plains}


def guess_code(sodium, names, pepper, code):
    """Whether a code opens something in the dump, for who has the pepper. A guess costs what Argon2id costs."""
    salt = hmac.new(pepper, b"rightsline receipt salt", hashlib.sha256).digest()[:16]
    index = list(house_names(pepper, sodium.stretch(code, salt)[:32]))
    return any(form in names for digest in index for form in written(digest))
