"""Files that somebody might send to do harm, or by mistake: each with the code and the words of its one answer.

`FILES` of each module: name to (a function that makes the bytes, code of the refusal, words of it). Code "rows" means
that the file could be read, and a row of it is refused.
"""
