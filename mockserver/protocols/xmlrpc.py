"""XML-RPC at `/xmlrpc/2/<service>` and, with its older fault codes, at `/xmlrpc/<service>`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from xmlrpc.client import Fault, Marshaller, Unmarshaller

from defusedxml.common import EntitiesForbidden
from defusedxml.xmlrpc import DefusedExpatParser

from fauxdoo.mockserver.errors import AccessDenied, AccessError, MissingError, RedirectWarning, UserError
from fauxdoo.mockserver.orm.reading import Rows
from fauxdoo.mockserver.protocols.base import Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import Envelope
from fauxdoo.mockserver.protocols.errors import error_text, traceback_text
from fauxdoo.mockserver.protocols.services import Caller, Services

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["XmlEnvelope", "XmlRpc", "read_call"]

_XML = "text/xml; charset=utf-8"
_METHODS = frozenset({"POST", "OPTIONS"})
_CALLER = Caller("xmlrpc")
_DEEPEST = 500
_ENTITY_TEXT = 65536
"""How much text entities may add to a request; a real Odoo expands them (recording protocol/xmlrpc-entities)."""
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}
"""Characters that XML has no way to write; Odoo leaves them out of results."""


class XmlRpc(Protocol):
    """The services by XML."""

    key = "xmlrpc"

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__(odoo)
        self._services = Services(odoo)

    def routes(self) -> Iterable[Route]:
        for path, fault in (("/xmlrpc/2/<service>", _fault), ("/xmlrpc/<service>", _old_fault)):
            yield Route(path, self._call, XmlEnvelope(fault), methods=_METHODS, stateless=True)

    def _call(self, request: Request, service: str) -> Any:
        params, method = read_call(request.body)
        return self._services.call(service, method, params, _CALLER)


class XmlEnvelope(Envelope):
    """A method response; errors are faults, HTTP 200 all the same."""

    def __init__(self, fault: Callable[[Exception], Fault]) -> None:
        self._fault = fault

    def answer(self, request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        try:
            body = _dumps((route.endpoint(request, **arguments),))
        except Exception as error:
            body = _dumps(self._fault(error))
        return Reply(body, _XML)


def _fault(error: Exception) -> Fault:
    """Numbers: 1 generic (with a traceback), 2 warnings, 3 access denied, 4 access error."""
    if isinstance(error, AccessError):
        return Fault(4, str(error))
    if isinstance(error, AccessDenied):
        return Fault(3, str(error))
    if isinstance(error, (UserError, RedirectWarning)):
        return Fault(2, str(error))
    return Fault(1, traceback_text(error))


_OLD_NAMES: tuple[tuple[type[Exception], str], ...] = (
    (RedirectWarning, "Warning"),
    (MissingError, "MissingError"),
    (AccessError, "AccessError"),
    (UserError, "UserError"),
)


def _old_fault(error: Exception) -> Fault:
    """Texts, with the message in the code: recording protocol/xmlrpc1-fault-codes."""
    if isinstance(error, AccessDenied):
        return _text_fault("AccessDenied", str(error))
    for kind, name in _OLD_NAMES:
        if isinstance(error, kind):
            return _text_fault(f"warning -- {name}\n\n{error}", "")
    return _text_fault(error_text(error), traceback_text(error))


def _text_fault(code: str, text: str) -> Fault:
    fault = Fault(0, text)
    fault.faultCode = code  # type: ignore[assignment]
    return fault


class _Marshaller(Marshaller):
    """Writes results as Odoo does: bytes and dates as text, without what XML cannot hold."""

    def __init__(self) -> None:
        super().__init__("utf-8", allow_none=False)

    def _text(self, value: str, write: Callable[[str], object]) -> None:
        self.dump_unicode(value.translate(_CONTROL), write)

    def _bytes(self, value: bytes, write: Callable[[str], object]) -> None:
        self._text(value.decode(), write)

    def _date(self, value: date, write: Callable[[str], object]) -> None:
        self._text(value.isoformat(), write)

    def _datetime(self, value: datetime, write: Callable[[str], object]) -> None:
        self._text(value.strftime("%Y-%m-%d %H:%M:%S"), write)

    def _struct(self, value: dict[str, Any], write: Callable[[str], object]) -> None:
        # names too lose their control characters
        plain = {key.translate(_CONTROL) if isinstance(key, str) else key: each for key, each in value.items()}
        self.dump_struct(plain, write)

    dispatch: dict[Any, Any] = {
        **Marshaller.dispatch,
        Rows: Marshaller.dump_array,
        str: _text,
        bytes: _bytes,
        date: _date,
        datetime: _datetime,
        dict: _struct,
    }


def _dumps(value: tuple[Any] | Fault) -> bytes:
    text = _Marshaller().dumps(value)
    return f'<?xml version="1.0"?>\n<methodResponse>\n{text}\n</methodResponse>\n'.encode("utf-8", "xmlcharrefreplace")


class _Parser(DefusedExpatParser):
    """Reads requests: no external entities, no bombs, no bottomless nesting."""

    _parser: Any

    def __init__(self, target: _Unmarshaller, room: int) -> None:
        super().__init__(target, forbid_dtd=False, forbid_entities=False, forbid_external=True)
        self._room = room
        self._parser.CharacterDataHandler = self._counting(target.data)
        self._parser.EndElementHandler = self._counting(target.end)

    def _counting(self, handler: Callable[[str], None]) -> Callable[[str], None]:
        def handle(text: str) -> None:
            self._room -= len(text)
            if self._room < 0:
                raise EntitiesForbidden("text", None, None, None, None, None)
            handler(text)

        return handle


class _Unmarshaller(Unmarshaller):
    """Builds the arguments; refuses values nested too deeply."""

    def __init__(self) -> None:
        super().__init__(use_datetime=True)
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self._depth += tag == "value"
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")
        super().start(tag, attrs)

    def end(self, tag: str) -> None:
        self._depth -= tag == "value"
        super().end(tag)


def read_call(body: bytes) -> tuple[tuple[Any, ...], str | None]:
    """The arguments and the name of the method; raises one of many errors for what is no call."""
    target = _Unmarshaller()
    parser = _Parser(target, len(body) + _ENTITY_TEXT)
    parser.feed(body)
    parser.close()
    return target.close(), target.getmethodname()
