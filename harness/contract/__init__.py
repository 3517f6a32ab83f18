"""Contracts with a live Odoo: its catalogue pulled, what an integration uses of it, and where the two differ."""
