"""The one exception that reaches the user as a sentence."""


class UserError(Exception):
    """Something the user can mend. The message is one line: what is wrong and what to do."""
