"""What all tests share."""

from hypothesis import settings

# No test measures time, not even by Hypothesis's own limit of 200 ms an example: a busy machine is no defect.
settings.register_profile("steward", settings(), deadline=None)
settings.load_profile("steward")
