"""Recordings: what a phone company keeps of a call until it is told to delete it, given out for the account's own credentials alone."""
import base64
import http.server
import json
import re
import secrets
import threading

from victim import TWILIO_SID


class Recordings:
    """The account's recordings, as files of 16 bits a sample. `asked`: (method, status) of every request for one, in order.

    A server also asks now and then what it missed (lists of texts and recordings), and is told that it was nothing."""

    def __init__(self, port, token):
        self.port, self.kept, self.asked, self.lock = port, {}, [], threading.Lock()
        self.taken = threading.Condition(self.lock)
        right = "Basic " + base64.b64encode(f"{TWILIO_SID}:{token}".encode()).decode()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                listed = re.fullmatch(rf"/2010-04-01/Accounts/{TWILIO_SID}/(Messages|Recordings)\.json\?.*", self.path)
                if listed:
                    self.say(200, json.dumps({listed.group(1).lower(): [], "next_page_uri": None}).encode(), "application/json")
                else:
                    self.answer(lambda name: outer.kept.get(name))

            def do_DELETE(self):
                self.answer(lambda name: b"" if outer.kept.pop(name, None) is not None else None)

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                self.answer(lambda name: None)

            def answer(self, find):
                place = re.fullmatch(rf"/2010-04-01/Accounts/{TWILIO_SID}/Recordings/(RE\w+)\.(?:wav|json)", self.path)
                with outer.taken:
                    if self.headers.get("Authorization") != right:
                        status, body = 401, b""
                    else:
                        body = find(place.group(1)) if place else None
                        status = 404 if body is None else 200 if body else 204
                    outer.asked.append((self.command, status))
                    outer.taken.notify_all()
                self.say(status, body or b"")

            def say(self, status, body, kind="audio/x-wav"):
                self.send_response(status)
                if status != 204:
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, wav):
        """(id, address) of a recording."""
        name = "RE" + secrets.token_hex(16)
        with self.lock:
            self.kept[name] = wav
        return name, f"http://127.0.0.1:{self.port}/2010-04-01/Accounts/{TWILIO_SID}/Recordings/{name}"

    def await_erased(self, name, seconds):
        with self.taken:
            return self.taken.wait_for(lambda: name not in self.kept, seconds)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
