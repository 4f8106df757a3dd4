"""How does Placewatch get from a bare machine to a running service, and to a test run?

The shared set-up behind `bin/`.  It runs under the system's Python 3.11 before any virtual
environment exists, so it imports the standard library only, and nothing of the service.
"""
