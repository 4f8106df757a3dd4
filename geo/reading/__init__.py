"""What does a file from outside hold? Read by a process of its own, which may do nothing but read and answer.

`reader.read_file` is the way in. Everything else here runs in that process and imports nothing of Django.
"""
