"""Names and addresses as they stand in e-mail headers and are typed by people."""

from __future__ import annotations

import re
from email.utils import getaddresses

__all__ = ["addresses", "formatted", "name_and_address", "normalized"]

_ADDRESS = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;.]+")


def addresses(text: str | bool | None) -> list[str]:
    """Every address in a text, lower-case, once each, in order."""
    found = (match.lower() for match in _ADDRESS.findall(str(text or "")))
    return list(dict.fromkeys(found))


def normalized(text: str | bool | None) -> str | bool:
    """The first address in a text, lower-case; False without one."""
    return next(iter(addresses(text)), False)


def name_and_address(text: str) -> tuple[str, str]:
    """The parts of `Name <mail>`; the address is empty where there is none, the name where there is only an address."""
    found = normalized(text)
    if not found:
        return text, ""
    pairs = [(name, mail) for name, mail in getaddresses([text.replace(";", ",")]) if "@" in mail]
    name = pairs[0][0] if pairs else text[: text.lower().find(str(found))].strip(" <\"'")
    return name, str(found)


def formatted(name: str, address: str) -> str:
    """`"Name" <address>`, or the bare address without a name."""
    if not name:
        return address
    quoted = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{quoted}" <{address}>'
