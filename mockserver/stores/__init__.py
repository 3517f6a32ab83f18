"""The databases a fake Odoo keeps its records in."""
