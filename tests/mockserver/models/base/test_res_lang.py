"""Languages."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


def test_active_languages(env: Environment) -> None:
    """Only English is active in a fresh database."""
    assert env["res.lang"].get_installed() == [("en_US", "English (US)")]


def test_an_activated_language_can_be_used_at_once(env: Environment) -> None:
    """In the same transaction."""
    env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")]).write({"active": True})
    tag = env["res.partner.category"].create([{"name": "Tag"}])
    tag.with_context(lang="fr_FR").write({"name": "Étiquette"})
    assert (tag.name, tag.with_context(lang="fr_FR").name) == ("Tag", "Étiquette")


def test_a_language_in_use_stays(env: Environment) -> None:
    """Some user speaks it."""
    with pytest.raises(UserError, match="Cannot deactivate a language that is currently used by users"):
        env.ref("base.lang_en").write({"active": False})


@pytest.mark.parametrize(
    ("percent", "value", "grouping", "text"),
    [("%.2f", 1234.5, True, "1,234.50"), ("%.2f", 1234.5, False, "1234.50"), ("%d", -1234, True, "-1,234")],
)
def test_numbers_as_the_language_writes_them(
    env: Environment, percent: str, value: float, grouping: bool, text: str
) -> None:
    """With its separators."""
    assert env.ref("base.lang_en").format(percent, value, grouping) == text


def test_the_code_stays(env: Environment) -> None:
    """Texts are kept under it."""
    with pytest.raises(UserError, match="Language code cannot be modified"):
        env.ref("base.lang_en").write({"code": "en_XX"})


def test_a_language_contacts_speak_stays(env: Environment) -> None:
    """Users are asked about first."""
    french = env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")])
    french.active = True
    env["res.partner"].create([{"name": "P", "lang": "fr_FR"}])
    with pytest.raises(UserError, match="currently used by contacts"):
        french.write({"active": False})


def test_addresses_call_a_language_by_its_code(env: Environment) -> None:
    """By the short one while no other active language has it."""
    assert env["res.lang"].create([{"name": "Klingon", "code": "tlh"}]).url_code == "tlh"
    languages = env["res.lang"].with_context(active_test=False)
    belgian, french = (languages.search([("code", "=", code)]) for code in ("fr_BE", "fr_FR"))
    assert (belgian.url_code, french.url_code) == ("fr_BE", "fr")
    belgian.active = True
    assert (belgian.url_code, french.url_code) == ("fr", "fr_FR")
