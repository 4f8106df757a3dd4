"""What is refused to a person?"""


class NotPermitted(Exception):
    """The role may not do this for this authority. Says which roles may."""

    def __init__(self, operation: str, who_may: str):
        self.operation = operation
        super().__init__(f"Your role may not do this ({operation}). It can be done by: {who_may}.")
