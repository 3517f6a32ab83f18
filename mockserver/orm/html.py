"""Cleaning of markup as html fields do it: plain text becomes a paragraph, scripts and handlers go."""

from __future__ import annotations

import html
import re

__all__ = ["sanitize"]

_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>")
_DROPPED = re.compile(
    r"<\s*(script|style|iframe|object|embed|title|head|meta|link|base|form)\b.*?(?:<\s*/\s*\1\s*>|/>|$)", re.S | re.I
)
_HANDLER = re.compile(r"""\s+on[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I)
_SCRIPT_URL = re.compile(r"""\s+(href|src)\s*=\s*("\s*javascript:[^"]*"|'\s*javascript:[^']*')""", re.I)


def sanitize(text: str) -> str:
    """The markup a client may see again."""
    if not _TAG.search(text):
        return f"<p>{html.escape(html.unescape(text), quote=False)}</p>"
    text = _DROPPED.sub("", text)
    return _SCRIPT_URL.sub("", _HANDLER.sub("", text))
