"""How does public reference data come in? Loaders only; they write as the owner of the tables."""
