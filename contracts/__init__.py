"""What is true of an Odoo, as data, and its loader."""
