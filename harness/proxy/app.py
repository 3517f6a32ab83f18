"""The proxy as a WSGI application, and as a server on a port."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from fauxdoo.harness.proxy.forwarding import NotReached
from fauxdoo.harness.proxy.modes import Mode

__all__ = ["Proxy"]

_BIGGEST = 128 * 1024 * 1024


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: URLs may hold what is nobody's business."""


class Proxy:
    """Serves one mode on a port of this machine until it is closed."""

    def __init__(self, mode: Mode, host: str = "127.0.0.1", port: int = 0) -> None:
        self._mode = mode
        self._server: BaseWSGIServer = make_server(host, port, self, threaded=True, request_handler=_Quiet)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://{host}:{self._server.server_port}"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = _BIGGEST
        try:
            request.get_data()
            response = self._mode.serve(request)
        except NotReached as error:
            response = Response(f"{error}\n", 502, content_type="text/plain; charset=utf-8")
        except HTTPException as refusal:
            return refusal(environ, start_response)
        return response(environ, start_response)

    def start(self) -> Proxy:
        """Listen in a thread."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop listening, and end what the mode has begun."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._mode.close()

    def __enter__(self) -> Proxy:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.close()
