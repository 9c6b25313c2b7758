"""Answers with its version below /api, and knows no name of its pod."""

import json
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, "/app")
from version import VERSION  # noqa: E402

ANSWERS = {
    "/api/version": {"service": "orders", "build": {"version": VERSION}},
    "/health": {"status": "ok"},
}


class Handler(BaseHTTPRequestHandler):
    wbufsize = -1

    def do_GET(self):
        answer = ANSWERS.get(self.path.partition("?")[0])
        body = json.dumps(answer or {"detail": "Not Found"}).encode()
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """One line a request would be all that the log holds."""


server = ThreadingHTTPServer(("", 8000), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever(poll_interval=0.1)
