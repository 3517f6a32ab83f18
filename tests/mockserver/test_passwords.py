"""Passwords and keys are kept as salted hashes."""

import pytest

from fauxdoo.mockserver.passwords import hash_secret, verify_secret


@pytest.mark.parametrize("secret", ["admin", "", "pass wörd ☃", "x" * 10_000, "lone \udcff"])
def test_a_secret_matches_its_hash_only(secret: str) -> None:
    """A hash answers to the secret it was made of and to no other."""
    stored = hash_secret(secret)
    assert verify_secret(secret, stored)
    assert not verify_secret(secret + "x", stored)


def test_hashes_are_salted_and_hide_the_secret() -> None:
    """Two hashes of one secret differ and do not hold it."""
    first, second = hash_secret("hunter2"), hash_secret("hunter2")
    assert first != second
    assert "hunter2" not in first


@pytest.mark.parametrize("stored", ["", "admin", "$scrypt$16$zz$00", "$scrypt$x$00$00", "$md5$1$00$00", None, False])
def test_what_is_no_hash_matches_nothing(stored: object) -> None:
    """A stored value of another form is refused without an error."""
    assert not verify_secret("admin", stored)  # type: ignore[arg-type]
