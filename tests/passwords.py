"""How are passwords hashed in tests? As in the service, with the least work that the algorithm allows."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """A hash says itself how it was made: the service's own hasher reads these."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
