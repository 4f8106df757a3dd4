"""Is anything lost when everything fails? A harness that kills the service while it delivers, and then counts."""
