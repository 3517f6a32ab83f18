"""Load tests of an Odoo, real or fake, with Locust (extra `load`): `fauxdoo load PROFILE`, or `locust -f` a profile.

They speak HTTP only and import nothing else of the project.
"""
