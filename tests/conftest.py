"""What all tests share. Each needs a database, a server or a browser of its own from the conftest beside it."""

from hypothesis import settings

# Speed is measured in benchmarks/, so no deadline; a failure prints what it takes to see it again.
settings.register_profile("here", deadline=None, print_blob=True)
settings.load_profile("here")
