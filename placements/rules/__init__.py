"""Which rules of law bear on a placement? Pure functions: facts and dates in, cited answers out."""
