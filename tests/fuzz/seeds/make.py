"""Writes the seeds below this folder anew. They are kept in the tree: this file only says where they come from.

    python3 tests/fuzz/seeds/make.py
"""
import hashlib
import os
import random
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
BODY = "MessageSid=SM1&From=%2B15005550001&To=%2B15005550006&Body=hola"


def request(head, body=""):
    return ("POST /hooks/main/sms HTTP/1.1\r\n" + head.replace("\n", "\r\n") + "\r\n\r\n" + body).encode("latin-1")


LENGTH = f"Content-Length: {len(BODY)}"
FORM = "Content-Type: application/x-www-form-urlencoded"
HTTP = {
    "good": request(f"Host: a\n{FORM}\n{LENGTH}", BODY),
    "get": b"GET /media/0123456789abcdef.wav HTTP/1.1\r\nHost: a\r\n\r\n",
    "two_in_a_row": request("Host: a\nContent-Length: 3", "abc") * 2,
    "no_host": request("Content-Length: 3", "abc"),
    "two_hosts": request("Host: a\nHost: b\nContent-Length: 3", "abc"),
    "absolute_form": b"GET http://other/hooks HTTP/1.1\r\nHost: a\r\n\r\n",
    "length_then_chunked": request("Host: a\nContent-Length: 3\nTransfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n"),
    "chunked_then_length": request("Host: a\nTransfer-Encoding: chunked\nContent-Length: 3", "3\r\nabc\r\n0\r\n\r\n"),
    "two_lengths": request("Host: a\nContent-Length: 3\nContent-Length: 4", "abcd"),
    "same_lengths": request("Host: a\nContent-Length: 3\nContent-Length: 3", "abc"),
    "length_list": request("Host: a\nContent-Length: 3, 3", "abc"),
    "length_signed": request("Host: a\nContent-Length: +3", "abc"),
    "length_overflow": request("Host: a\nContent-Length: 18446744073709551619", "abc"),
    "identity": request("Host: a\nTransfer-Encoding: identity", "abc"),
    "gzip_chunked": request("Host: a\nTransfer-Encoding: gzip, chunked", "0\r\n\r\n"),
    "xchunked": request("Host: a\nTransfer-Encoding: xchunked", "abc"),
    "trailer": request("Host: a\nTransfer-Encoding: chunked", "0\r\nsig: forged\r\n\r\n"),
    "bare_lf": b"POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n",
    "space_before_colon": request("Host : a\nContent-Length: 0"),
    "folded": request("Host: a\nX-A: b\n c\nContent-Length: 0"),
    "nul": request("Host: a\nX-A: b\0c\nContent-Length: 0"),
    "http_1_0": b"POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    "http_1_2": b"POST / HTTP/1.2\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "expect": request("Host: a\nExpect: 100-continue\nContent-Length: 3", "abc"),
    "upgrade": request("Host: a\nConnection: Upgrade\nUpgrade: h2c\nContent-Length: 0"),
    "long_target": b"GET /" + b"a" * 3000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "many_fields": request("Host: a\n" + "\n".join(f"X-{n}: {n}" for n in range(120)) + "\nContent-Length: 0"),
    "cut": request("Host: a\nContent-Length: 30", "abc"),
}
FORMS = {
    "message": BODY, "empty": "", "only_separators": "&&&=&=", "repeated": "a=1&a=2&a=1&a[]=3", "plus_and_percent": "a=1+2%2B3%20",
    "broken_percent": "a=%&b=%2&c=%zz&d=%2", "nul": "a=%00&b", "utf8": "Body=Krey%C3%B2l+%F0%9F%93%9E", "overlong": "a=%C0%AF%ED%A0%80",
    "no_value": "a&b=&=c", "semicolon": "a=1;b=2", "many": "&".join(f"k{n}={n}" for n in range(300)),
}
SIGNATURES = {
    "message": "https://hotline.example.org/hooks/main/sms\n12345\n" + BODY,
    "port": "https://hotline.example.org:443/hooks/main/sms?x=1\n12345\n" + BODY,
    "json": 'https://hotline.example.org/hooks/main/status?bodySHA256=00\n12345\n{"a": 1}',
    "repeated": "https://hotline.example.org/h\n12345\na=2&a=1&b=&a=2",
    "empty": "\n\n",
}
PHONES = {
    "strict": "+15005550006", "spaces": "+1 (500) 555-0006", "local": "500 555 0006", "letters": "1-800-GOT-MILK", "short": "911",
    "client": "client:anna", "sip": "sip:+15005550006@example.org", "long": "+" + "1" * 40, "bengali": "+৮৮০১৭১২৩৪৫৬৭৮",
    "anonymous": "anonymous", "extension": "+15005550006;ext=12", "restricted": "+266696687",
}
SEGMENTS = {
    "gsm7": "Hello, this is the workers' line. Reply 1 or 2.", "extended": "{[^~]|\\}€", "full": "a" * 160, "one_over": "a" * 161,
    "extension_at_the_seam": "a" * 152 + "€" + "a" * 20, "ucs2": "Kreyòl, ọ̀rọ̀, বাংলা", "emoji": "👩🏽‍🌾 👨‍👩‍👧 🇭🇹", "emoji_at_the_seam": "é" * 66 + "👩🏽‍🌾" * 3,
    "typography": "“Don’t” – … «no» ‘yes’", "accents": "á í ó ú ñ ü ¿ ¡", "bidi": "abc‮def‬ \u200fx", "control": "a\0b\x1bc\r\n\td",
    "invalid": "\udcff\udcc0\udcaf ok", "digits": "٣ ۴ ५ ৬ 3️⃣", "words": "two, sí, wi, non, STOP", "message": "{n, plural, one {# case} other {# cases}} {code, spell}",
}
FLOW = """flow: hotline
title: Hotline
start: language
defaults: {retries: 2, invalid: common.invalid, no_input: common.no_input, else: person, voice: {timeout: 6s, digit_timeout: 3s}}
expire: {sms: 24h, ussd: 3m, voice: 10m, on_return: ask}
hotkeys: {"0": person, "9": danger, "*": repeat, "#": back}
keywords: {STOP: opt_out, HELP: help, MENU: main, X: leave}
first_text: story
blocks:
"""
FLOWS = {
    "menu": FLOW + "  language:\n    menu: Which language?\n    choices:\n      en: {say: English, fixed: true}\n      es: {say: Español, fixed: true}\n    set: {language: choice}\n    next: person\n  person:\n    say: Please wait.\n    end: true\n",
    "no_blocks": FLOW, "empty": "", "repeated_key": "flow: a\nflow: b\n", "alias": "a: &x [1]\nb: *x\n", "tag": "a: !!binary aGk=\n",
    "deep": "a: " + "[" * 60 + "]" * 60 + "\n", "tabs": "flow:\ta\n\tb: c\n", "two_documents": "flow: a\n---\nflow: b\n",
    "block_text": "flow: a\ntitle: |\n  one\n  two\nstart: >-\n  x\n", "quotes": "flow: 'it''s'\ntitle: \"\\u00e9\\x41\"\n",
}
MESSAGES = {
    "plain": "Thank you.", "spell": "Your number: {code, spell}. Once more: {code, spell}.",
    "plural": "{n, plural, one {# case} other {# cases}}", "select": "{mode, select, sms {text} other {call}}",
    "quotes": "It''s '{'code'}'", "nested": "{n, plural, =0 {none} other {{mode, select, a {{code, spell}} other {x}}}}",
    "broken": "{n, plural, one {", "number": "{n, number, ::currency/USD}", "deep": "{" * 40,
}
# Bytes as choices (tests/flows/random_play.cpp). That together they hold every kind of block is asserted there.
ENGINE = {f"play_{n}": random.Random(n).randbytes(600) for n in range(24)}
ENVELOPES = {
    "answer": "200\ntext/xml; charset=utf-8\n<Response></Response>", "guard": b"\x01\x00" + bytes(16) + b"sealed",
    "guard_apart": b"\x01\x01" + bytes(16), "job": '{"id":"00ff","program":"p","held":true,"attempts":3}',
    "envelope_head": b"\x01\x01" + bytes(range(16)) + bytes(60), "empty": "", "status_short": "20\n\n",
}
NAME = "SM0123456789abcdef0123456789abcdef"
ENTRY = (f'{{"sid": "{NAME}", "to": "+13055550191", "from": "+15005550006", "body": "hola", "direction": "outbound-api", '
         '"status": "sent", "error_code": null, "date_created": "Sun, 22 Nov 2026 08:00:10 +0000"}')
ANSWERS = {
    "created": f'201\n{{"sid": "{NAME}", "status": "queued", "error_code": null}}', "nameless": '201\n{"status": "queued"}',
    "failed": f'201\n{{"sid": "{NAME}", "status": "failed", "error_code": 30001}}', "refused": '400\n{"code": 21610, "status": 400}',
    "key": '401\n{"code": 20003}', "limit": "429 7\n", "limit_date": "429 Sun, 22 Nov 2026 08:00:20 GMT\n", "away": "503 30\n",
    "broken": "500\n<html>", "redacted": '200\n{"body": ""}', "gone": "204\n", "unknown_call": '404\n{"code": 20404}', "no_status": "\n{}",
    "list": f'200\n{{"messages": [{ENTRY}], "next_page_uri": null}}', "list_of_nothing": '200\n{"messages": [7]}', "deep": "201\n" + "[" * 40,
}


def record(epoch, sequence, synced, sealed):
    frame = b"RLRECORD" + struct.pack("<QQQQ", epoch, sequence, synced, len(sealed))
    whole = frame + hashlib.blake2b(frame + sealed, digest_size=16).digest() + sealed
    return whole + bytes(-len(whole) % 512)


def counted(*pieces):
    return struct.pack(">H", len(pieces)) + b"".join(pieces)


def named(kind, text):
    return struct.pack(">BH", kind, len(text)) + text


def sealed(purpose, context, blob):
    return struct.pack(">BH", purpose, len(context)) + context + struct.pack(">I", len(blob)) + blob


ONE_WAY = b"\1\2" + bytes(36) + b"\3" + bytes(28)
VAULTS = {
    "lend": b"\1\1", "name": b"\1\2" + counted(named(0, b"+15005550006"), named(4, b"call|+15005550006")),
    "ping": b"\1\2" + counted(), "open": b"\1\3" + counted(sealed(2, b"fair-food|c", ONE_WAY), sealed(9, b"q", ONE_WAY)),
    "open_of_before": b"\1\3" + counted(sealed(2, b"c", b"\1\1" + bytes(60))),
    "not_the_homes": b"\1\3" + counted(sealed(8, b"c", ONE_WAY)), "huge_count": b"\1\2\xff\xff",
    "huge_text": b"\1\3\0\1\2\0\1c\xff\xff\xff\xff", "other_version": b"\2\1", "head": b"\0\0\0\2\1\1",
    "ids": b"\1\0\7" + counted(bytes(16), bytes(16)), "plains": b"\1\0\7" + counted(b"\0\0\0\3abc"), "used_up": b"\1\2d",
}


def spool_head(number, epoch, drained, check):
    whole = b"RLSPOOL\n" + struct.pack("<QQQQQ", 1, number, epoch, drained, len(check)) + check
    whole += hashlib.blake2b(whole, digest_size=16).digest()
    return whole + bytes(4096 - len(whole))


SEALED = b"s" * 90
SPOOLS = {
    "empty": b"", "head": spool_head(3, 2, 1, b"check"), "one": record(1, 1, 0, SEALED),
    "three": record(2, 1, 0, SEALED) + record(2, 2, 1, SEALED * 9) + record(2, 3, 2, SEALED),
    "middle_lost": record(2, 1, 0, SEALED) + b"?" * 512 + record(2, 3, 2, SEALED),
    "torn": record(2, 1, 0, SEALED) + record(2, 2, 1, SEALED * 20)[:1100],
    "epochs": record(3, 4, 3, SEALED) + record(2, 3, 2, SEALED),
    "huge_length": b"RLRECORD" + struct.pack("<QQQQ", 1, 1, 0, 1 << 40) + bytes(472),
}
def piece(kind, data):
    return kind + struct.pack(">H", len(data)) + data


def block(sequence, first, last, program=b"fair-food"):
    return (b"RA\x01" + b"k" * 8 + struct.pack(">Q", sequence) + bytes([len(program)]) + program + struct.pack(">QQQQIQ", first, 0, last, 0, 2, 9)
            + b"c" * 32 + b"p" * 32 + b"s" * 64)


def entry(ms):
    return struct.pack(">QQ", ms, 0) + b"filed"


AUDITS = {
    "empty": b"", "id": b"1763800000000-12", "head": b"120:" + b"9f" * 32, "block": piece(b"b", block(1, 5, 6)),
    "chain": piece(b"h", block(2, 7, 8)) + piece(b"b", block(1, 5, 6)) + piece(b"e", entry(5)) + piece(b"e", entry(6)) + piece(b"b", block(2, 7, 8)) + piece(b"e", entry(9)),
    "backwards": piece(b"b", block(2, 7, 8)) + piece(b"b", block(1, 5, 6)), "cut": piece(b"b", block(1, 5, 6))[:90],
    "entries": b"".join(piece(b"e", entry(ms)) for ms in (1, 5, 5, 2)),
}
TOKEN = "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8"
PRESENTED = {
    "cookie": f"c__Host-rightsline={TOKEN}", "bearer": f"aBearer {TOKEN}", "both": f"c__Host-rightsline={TOKEN}\naBearer {TOKEN}",
    "among_others": f"ca=b; __Host-rightsline={TOKEN}; c=d", "two": f"c__Host-rightsline={TOKEN}; __Host-rightsline={TOKEN}",
    "two_headers": f"ca=b\nc__Host-rightsline={TOKEN}", "quoted": f'c__Host-rightsline="{TOKEN}"', "other_spelling": f"aBearer {TOKEN[:-1]}9",
    "no_space": f"ca=b;__Host-rightsline={TOKEN}", "basic": "aBasic bWFyaWE6eA==", "two_bearers": f"aBearer {TOKEN}\naBearer {TOKEN}", "empty": "",
}


def factor(now, last, off, typed):
    return b"12345678901234567890" + struct.pack(">QQ", now, last) + bytes([off]) + typed


TOTPS = {
    "now": factor(1_111_111_109, 0, 0, b"081804"), "before": factor(1_111_111_109, 0, 255, b"081804"), "after": factor(59, 0, 1, b"287082"),
    "used": factor(59, 59, 0, b"287082"), "letters": factor(59, 0, 0, b"28708o"), "long": factor(59, 0, 2, b"0" * 40), "far": factor(2**63, 2**63, 0, b"353130"),
}
MAILBOXES = {
    "empty": b"", "same": bytes(130), "first_bit": b"\1", "key_id": bytes(2) + b"\1", "key": bytes(10) + b"\1", "salt": bytes(42) + b"\1",
    "nonce": bytes(58) + b"\1", "box": bytes(129) + b"\1", "reply": b"\1" + b"i" * 16 + struct.pack(">I", 3) + b"onetwo", "huge": b"\1" + b"i" * 16 + b"\xff" * 4,
}
BETWEEN = {"dots": ". ", "dash": "-", "joiner": "\u2060", "keycap": "\ufe0f\u20e3", "accent": "\u0301", "wide": "\u2003", "smiley": "\U0001f600",
           "arabic": "\u066b", "apostrophe": "'", "bidi": "\u202e", "half": "\xe2"}
SCREENED = {**{name: f"We come\non Monday.\n{mark}" for name, mark in BETWEEN.items()}, "plain": "Which day was it?", "digits_before": "it was 12\n10 and 3\n ",
            "mark_behind": "a\n\u0301b", "hangul": "\u1100\n\u1161", "invalid": b"\xe2\x82\n\x80\xff\n\xc3", "year": "2026\n12 11\n/"}
SETS = {"http_fuzz": HTTP, "form_fuzz": FORMS, "answer_fuzz": ANSWERS, "signature_fuzz": SIGNATURES, "phone_fuzz": PHONES, "segments_fuzz": SEGMENTS, "yaml_fuzz": FLOWS,
        "message_fuzz": MESSAGES, "engine_fuzz": ENGINE, "envelope_fuzz": ENVELOPES, "spool_fuzz": SPOOLS, "audit_fuzz": AUDITS,
        "vault_fuzz": VAULTS,
        "presented_fuzz": PRESENTED, "totp_fuzz": TOTPS, "mailbox_fuzz": MAILBOXES, "screening_fuzz": SCREENED}


def main():
    for target, seeds in SETS.items():
        os.makedirs(os.path.join(HERE, target), exist_ok=True)
        for name, seed in seeds.items():
            data = seed if isinstance(seed, bytes) else seed.encode("utf-8", "surrogateescape")
            with open(os.path.join(HERE, target, name), "wb") as file:
                file.write(data)


if __name__ == "__main__":
    main()
