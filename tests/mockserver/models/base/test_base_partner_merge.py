"""Contacts that are one."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import MissingError, UserError

WIZARD = "base.partner.merge.automatic.wizard"


def _merge(env: Any, partners: Any, kept: Any = None) -> Any:
    values = {"partner_ids": [(6, 0, partners.ids)], "dst_partner_id": kept.id if kept else False}
    wizard = env[WIZARD].create([values])
    assert wizard.action_merge()["res_id"] == wizard.id
    return wizard


@pytest.fixture
def pair(env: Any) -> Any:
    """Two contacts with one address."""
    return env["res.partner"].create(
        [{"name": "A", "email": "a@b.example", "city": "Town"}, {"name": "B", "email": "a@b.example", "phone": "1"}]
    )


def test_what_belongs_to_a_contact_goes_along(env: Any, pair: Any) -> None:
    """Links, lists of links, people, attachments, messages; both followers of a record become one."""
    kept, other = pair
    order = env["sale.order"].create([{"partner_id": other.id}])
    order.message_subscribe(pair.ids)
    person = env["res.partner"].create([{"name": "P", "parent_id": other.id}])
    tag = env["res.partner.category"].create([{"name": "T", "partner_ids": [(6, 0, pair.ids)]}])
    attached = {"name": "f", "raw": b"x", "res_model": "res.partner", "res_id": other.id}
    attachment = env["ir.attachment"].create([attached])
    for record in pair:
        record.message_subscribe(env.user.partner_id.ids)
    wizard = _merge(env, pair, kept)
    assert (wizard.state, wizard.partner_ids.ids) == ("finished", [])
    assert not other.exists()
    assert order.partner_id == order.partner_invoice_id == person.parent_id == kept
    assert order.message_partner_ids & pair == kept
    assert kept.category_id == tag
    assert attachment.res_id == kept.id
    assert kept.message_partner_ids == env.user.partner_id
    assert "B &lt;a@b.example&gt;" in "".join(kept.message_ids.mapped("body"))


def test_empty_fields_are_filled(env: Any, pair: Any) -> None:
    """What the contact that stays has of its own stays too."""
    kept, _other = pair
    _merge(env, pair, kept)
    assert (kept.name, kept.city, kept.phone) == ("A", "Town", "1")


def test_the_oldest_stays_where_none_is_named(env: Any, pair: Any) -> None:
    """Archived contacts do not, as long as there is an active one."""
    kept, other = pair
    kept.active = False
    context = {"active_model": "res.partner", "active_ids": pair.ids}
    proposed = env[WIZARD].with_context(**context).default_get(["dst_partner_id", "state"])
    assert proposed == {"dst_partner_id": other.id, "state": "selection"}
    _merge(env, pair)
    assert pair.exists() == other


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_merge(env: Any, pair: Any, count: int) -> None:
    """One contact is left as it is."""
    _merge(env, pair[:count])
    assert pair.exists() == pair


def test_contacts_that_cannot_be_one(env: Any, pair: Any) -> None:
    """More than three, a contact and its company, two users."""
    partners = env["res.partner"]
    with pytest.raises(UserError, match="more than 3"):
        _merge(env, partners.create([{"name": str(number)} for number in range(4)]))
    person = partners.create([{"name": "P", "parent_id": partners.create([{"name": "M", "parent_id": pair[0].id}]).id}])
    with pytest.raises(UserError, match="one of his parent"):
        _merge(env, person | pair[0])
    env["res.users"].create([{"name": p.name, "login": p.name, "partner_id": p.id} for p in pair])
    with pytest.raises(UserError, match="more than one user"):
        _merge(env, pair)


def test_who_is_no_administrator(env: Any, pair: Any) -> None:
    """Only contacts with the same address, and none with journal items but the one that stays."""
    group = env.ref("base.group_partner_manager")
    groups = [(6, 0, (env.ref("base.group_user") | group).ids)]
    user = env["res.users"].create([{"name": "U", "login": "u", "group_ids": groups}])
    mine = env(user=user.id, su=False)
    kept, other = pair
    line = (0, 0, {"name": "x", "price_unit": 1})
    env["account.move"].create([{"move_type": "out_invoice", "partner_id": other.id, "invoice_line_ids": [line]}])
    with pytest.raises(UserError, match="Journal Items"):
        _merge(mine, pair.with_env(mine), kept)
    other.email = "b@b.example"
    with pytest.raises(UserError, match="same email"):
        _merge(mine, pair.with_env(mine), kept)
    assert pair.exists() == pair


def test_a_contact_that_is_gone(env: Any, pair: Any) -> None:
    """What was merged cannot be read any more."""
    kept, other = pair
    _merge(env, pair, kept)
    with pytest.raises(MissingError):
        assert other.name
