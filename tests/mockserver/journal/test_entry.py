"""One call: what it did, whether that stays, and what others may see of it."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import UserError


def test_records_touched(odoo: FakeOdoo) -> None:
    """Ids that were made, changed, read and deleted, by model."""
    partners = odoo.env["res.partner"]
    ada, bob = partners.create([{"name": "Ada"}, {"name": "Bob"}]).ids
    partners.browse(ada).write({"ref": "T1"})
    partners.browse(bob).unlink()
    odoo.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "read", [[ada], ["city"]]))
    create, write, unlink, read = odoo.journal
    assert create.created["res.partner"] == [ada, bob]
    assert (write.written["res.partner"], write.created) == ([ada], {})
    assert unlink.unlinked["res.partner"] == [bob]
    assert (read.read["res.partner"], read.written) == ([ada], {})


def test_statements(odoo: FakeOdoo) -> None:
    """Their texts, without the values."""
    odoo.env["res.partner"].search([("name", "=", "hunter2")])
    entry = odoo.journal[-1]
    assert len(entry.statements) == entry.trace.statement_count
    assert any(text.startswith("SELECT") and "res_partner" in text for text in entry.statements)
    assert "hunter2" not in "".join(entry.statements)


@pytest.mark.parametrize("inside", ["python", "dispatch"])
def test_calls_undone_later(odoo: FakeOdoo, inside: str) -> None:
    """A call that succeeded in a transaction that was rolled back says so."""

    def fail(_env: object) -> None:
        odoo.dispatch.call_kw(Call("rest", "odoo", 2, "res.partner", "create", [{"name": "Ada"}]))
        raise UserError("no")

    with pytest.raises(UserError):
        if inside == "dispatch":
            odoo.dispatch.together(Call("rest", "odoo", 2, "res.partner", "create"), fail)
        else:
            with odoo.transaction():
                odoo.env["res.partner"].create({"name": "Ada"})
                raise UserError("no")
    (entry,) = odoo.journal
    assert (entry.error, entry.state) == (None, "undone")
    assert repr(entry).endswith("res.partner.create undone>")


def test_calls_of_a_transaction_that_stays(odoo: FakeOdoo) -> None:
    """Are done."""
    with odoo.transaction():
        odoo.env["res.partner"].create({"name": "Ada"})
    assert odoo.journal[-1].state == "done"


def test_as_plain_data(odoo: FakeOdoo) -> None:
    """Without what is named like a secret, of moderate length."""
    odoo.dispatch.call_kw(
        Call(
            "json2",
            "odoo",
            2,
            "res.users",
            "create",
            [],
            {"vals_list": [{"name": "Una", "login": "u", "password": "x1"}]},
            [],
        )
    )
    odoo.env["res.partner"].create({"name": "y" * 1000})
    user, partner = (entry.as_dict() for entry in odoo.journal)
    assert user["kwargs"] == {"vals_list": [{"name": "Una", "login": "u", "password": "***"}]}
    assert (user["state"], user["created"]["res.users"], user["result"]) == ("done", user["result"], user["result"])
    assert partner["args"][1]["name"].endswith("y… (1000 in all)")
    assert partner["caller"].partition(":")[0].endswith("test_entry.py")


def test_secrets_in_positional_arguments(odoo: FakeOdoo) -> None:
    """Methods that take one are told without arguments."""
    odoo.stub("res.users", "change_password", returns=True)
    odoo.dispatch.call_kw(Call("jsonrpc", "odoo", 2, "res.users", "change_password", ["old1", "new1"]))
    assert (odoo.journal[-1].as_dict()["args"], odoo.journal[-1].as_dict()["error"]) == ("***", None)
