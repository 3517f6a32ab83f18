"""Without sockets through `xmlrpc.client`: `ServerProxy(URL + "/xmlrpc/2/common", transport=Transport(odoo))`."""

from __future__ import annotations

import xmlrpc.client
from typing import TYPE_CHECKING, Any

from fauxdoo.harness.transports.base import URL, ask

if TYPE_CHECKING:
    from fauxdoo.mockserver import FakeOdoo

__all__ = ["Transport", "proxy"]


class Transport(xmlrpc.client.Transport):
    """Puts each call to the fake, whatever host the proxy names; for one proxy or several."""

    def __init__(self, odoo: FakeOdoo, **options: Any) -> None:
        super().__init__(**options)
        self._odoo = odoo

    def request(self, host: Any, handler: str, request_body: Any, verbose: bool = False) -> Any:
        """What the fake answers; raises xmlrpc.client.Fault and ProtocolError as over a socket."""
        headers = [("Content-Type", "text/xml"), ("User-Agent", self.user_agent)]
        url, body = URL + handler, request_body.encode() if isinstance(request_body, str) else bytes(request_body)
        status, reason, answered, content = ask(self._odoo.wsgi_app, "POST", url, headers, body, None)
        if status != 200:
            raise xmlrpc.client.ProtocolError(URL + handler, status, reason, dict(answered))
        parser, unmarshaller = self.getparser()
        parser.feed(content)
        parser.close()
        return unmarshaller.close()


def proxy(odoo: FakeOdoo, service: str, **options: Any) -> xmlrpc.client.ServerProxy:
    """A proxy of a service, `common`, `object` or `db`."""
    return xmlrpc.client.ServerProxy(f"{URL}/xmlrpc/2/{service}", transport=Transport(odoo), **options)
