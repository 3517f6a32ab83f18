"""Cleaning of markup, as a table."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.orm.html import sanitize

CASES = [
    ("plain", "<p>plain</p>"),
    ("a & b", "<p>a &amp; b</p>"),
    ("plain & <i>it</i>", "<p>plain &amp; <i>it</i></p>"),
    ("<p>n</p><script>z</script>", "<p>n</p>"),
    ("<p>x<script>y</script></p>", "<p>x</p>"),
    ("<div onclick='a'>d</div>", "<div>d</div>"),
    ("<p><br></p>", "<p><br></p>"),
    ('<a href="javascript:alert(1)">x</a>', "<p><a>x</a></p>"),
    ('<a href=" java\nscript:alert(1)">x</a>', "<p><a>x</a></p>"),
    ('<a href="https://x.example/?a=1&amp;b=2">x</a>', '<p><a href="https://x.example/?a=1&amp;b=2">x</a></p>'),
    ("<p>never closed", "<p>never closed</p>"),
    ("<html><body><p>b</p></body></html>", "<p>b</p>"),
    ("<p>a</p><!-- c --><iframe src='x'>f</iframe>", "<p>a</p>"),
    ("a < b", "<p>a &lt; b</p>"),
]


@pytest.mark.parametrize(("given", "kept"), CASES)
def test_markup_is_cleaned(given: str, kept: str) -> None:
    """What runs goes, what shows stays, text gets a paragraph."""
    assert sanitize(given) == kept


@pytest.mark.parametrize(("given", "kept"), CASES)
def test_cleaning_twice_changes_nothing(given: str, kept: str) -> None:
    """Clean markup is left alone."""
    assert sanitize(kept) == kept
