"""Names and addresses in texts."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.models import emails


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A <A@b.co>", ("A", "a@b.co")),
        ('"B, C" <b@c.co>', ("B, C", "b@c.co")),
        ("x@y.zz", ("", "x@y.zz")),
        ("only a name", ("only a name", "")),
    ],
)
def test_name_and_address(text: str, expected: tuple[str, str]) -> None:
    """Either part may be missing."""
    assert emails.name_and_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A@b.co; c@d.co, A@B.co", ["a@b.co", "c@d.co"]), ("nothing", []), (False, []), ("a@b", [])],
)
def test_addresses(text: str | bool, expected: list[str]) -> None:
    """Lower-case, once each, in order."""
    assert emails.addresses(text) == expected


def test_formatted() -> None:
    """Quotes in a name are escaped."""
    assert emails.formatted('A "B"', "a@b.co") == '"A \\"B\\"" <a@b.co>'
    assert emails.formatted("", "a@b.co") == "a@b.co"
