"""Passwords of cameras, kept in the system's own keyring. Where there is none, the user is asked each time."""

import logging

log = logging.getLogger(__name__)
SERVICE = "formcheck camera"


def kept_password(url: str, user: str) -> str | None:
    """The password that was kept for a user at an address; None where there is none, or no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, f"{user}@{url}")
    except KeyringError as error:
        log.info("no keyring: %s", type(error).__name__)
        return None


def keep_password(url: str, user: str, password: str) -> bool:
    """Whether the system's keyring took it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, f"{user}@{url}", password)
    except KeyringError as error:
        log.info("no keyring: %s", type(error).__name__)
        return False
    return True


def forget_password(url: str, user: str) -> None:
    """Nothing happens where none was kept."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, f"{user}@{url}")
    except KeyringError:
        return
