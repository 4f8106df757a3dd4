"""To whom is written about a placement, what does each letter say, and what was done with it? (regs. 13(2), 14)"""
