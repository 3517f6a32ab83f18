"""Cleaning of markup as html fields do it: plain text becomes a paragraph, scripts and handlers go."""

from __future__ import annotations

import html
from html.parser import HTMLParser

__all__ = ["sanitize"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DROPPED = _words("script style iframe object embed title head meta link base form frame frameset applet")
"""Elements that go with all they hold."""
_UNWRAPPED = frozenset(("html", "body"))
"""Elements that go, and leave what they hold."""
_VOID = _words("area br col embed hr img input link meta source track wbr base")
_BLOCKS = _words(
    "address article aside blockquote center dd details div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table tbody td tfoot th thead tr ul"
)


def sanitize(text: str) -> str:
    """The markup a client may see again; text outside any block is put into a paragraph."""
    cleaner = _Cleaner()
    cleaner.feed(text)
    cleaner.close()
    return cleaner.result()


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._hidden: list[str] = []
        self._has_block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden or tag in _DROPPED:
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag not in _UNWRAPPED:
            self._has_block |= tag in _BLOCKS
            self._parts.append(f"<{tag}{''.join(_attribute(name, value) for name, value in attrs)}>")
            if tag not in _VOID:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[self._hidden.index(tag) :]
        elif tag in self._open:
            while (last := self._open.pop()) != tag:
                self._parts.append(f"</{last}>")
            self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(html.escape(data, quote=False))

    def result(self) -> str:
        """The markup, with what is still open closed."""
        markup = "".join([*self._parts, *(f"</{tag}>" for tag in reversed(self._open))])
        return markup if self._has_block or not markup.strip() else f"<p>{markup}</p>"


def _attribute(name: str, value: str | None) -> str:
    """An attribute that may stay, with a space before it."""
    if name.startswith("on") or not name.replace("-", "").replace("_", "").replace(":", "").isalnum():
        return ""
    if value is None:
        return f" {name}"
    if name in ("href", "src", "action", "xlink:href") and _runs(value):
        return ""
    return f' {name}="{html.escape(value)}"'


def _runs(url: str) -> bool:
    """Whether a browser would run the address as a script."""
    scheme = "".join(char for char in url.partition(":")[0] if char.isalnum()).lower()
    return ":" in url and scheme in ("javascript", "vbscript", "data") and not url.lstrip().startswith("data:image/")
