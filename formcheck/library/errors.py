"""What can go wrong in the store, each with a sentence for the user."""

from formcheck.system.errors import UserError


class StoreError(UserError):
    """The library cannot do what was asked; nothing was changed."""


class DamagedIndex(StoreError):
    """The library's index cannot be read. The sessions are not touched by that."""


class NewerStore(StoreError):
    """The library was written by a newer program."""


class ForeignFolder(StoreError):
    """The folder of sessions belongs to the library of another computer or user."""


class Locked(StoreError):
    """A passphrase is needed, or the one given does not open it."""


class BadBundle(StoreError):
    """A .zip of sessions that is not to be trusted; nothing was taken from it."""


class BadPlan(StoreError):
    """A plan file that makes no sense; nothing was changed."""


class BadClient(StoreError):
    """A client's file that makes no sense."""
