"""What does each form ask, and how is the answer read? Parsing and shape only, no rule."""
