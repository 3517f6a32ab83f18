from hypothesis import settings
from hypothesis.stateful import invariant

from fauxdoo.harness.machine import OdooMachine
from fauxdoo.mockserver import FakeOdoo

SERVER = FakeOdoo(modules=("crm",))


class Leads(OdooMachine):
    model = "crm.lead"
    fields = ("name", "city", "priority")

    def connect(self):
        SERVER.reset()
        return SERVER

    @invariant()
    def all_are_open(self):
        """An integration that closed one of them would be found out."""
        assert all(self.odoo.env["crm.lead"].browse([*self.known]).mapped("active"))


TestLeads = Leads.TestCase
TestLeads.settings = settings(max_examples=5, stateful_step_count=8, deadline=None)
