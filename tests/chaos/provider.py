"""The provider's side of recordings: keeps them until it is told to delete them. And that of the demo line's texts: what
was spooled is answered by one of its own."""
import http.server
import json
import threading
import time


class RecordingProvider:
    def __init__(self, port):
        self.recordings, self.erased, self.lock = {}, set(), threading.Lock()
        self.port, self.asked = port, []  # (method, recording, was it there) of every request
        self.sent = []  # (status_url, to, ms) of every text that was taken
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                name = self.path.rsplit("/", 1)[1]
                outer.asked.append(("GET", name, name in outer.recordings))
                self.answer(outer.recordings.get(name))

            def do_DELETE(self):
                name = self.path.rsplit("/", 1)[1]
                outer.asked.append(("DELETE", name, name in outer.recordings))
                with outer.lock:
                    known = outer.recordings.pop(name, None) is not None
                    outer.erased.add(name)
                self.answer(b"" if known else None)

            def do_POST(self):
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with outer.lock:
                    outer.sent.append((text["status_url"], text["to"], int(time.time() * 1000)))
                    name = f"SMout{len(outer.sent)}"
                self.answer(json.dumps({"id": name, "status": "queued"}).encode(), 201)

            def answer(self, body, status=200):
                self.send_response(status if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                try:
                    self.end_headers()
                    self.wfile.write(body or b"")
                except OSError:
                    self.close_connection = True  # the server died while it asked

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.handle_error = lambda *_: None  # whoever asked was killed meanwhile
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, name, random):
        sound = b"RIFF" + (2004).to_bytes(4, "little") + b"WAVE" + random.randbytes(2000)
        with self.lock:
            self.recordings[name] = sound
        return sound

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/recordings/{name}"

    def left(self):
        with self.lock:
            return sorted(self.recordings)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
