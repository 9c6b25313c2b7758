"""Answers one page, with the version in a header of it."""

import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, "/app")
from version import VERSION  # noqa: E402


class Handler(BaseHTTPRequestHandler):
    wbufsize = -1

    def do_GET(self):
        body = b"parcels\n"
        self.send_response(200)
        self.send_header("X-App-Version", VERSION)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """One line a request would be all that the log holds."""


server = ThreadingHTTPServer(("", 9000), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever(poll_interval=0.1)
