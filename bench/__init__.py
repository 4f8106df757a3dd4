"""How close to the raw limit of the machine does each path come? `bin/bench`; every figure is a ratio within one run."""
