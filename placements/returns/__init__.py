"""How does an SSDA903 return come in, become placements, and go out again as it was delivered?"""
