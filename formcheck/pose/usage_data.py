"""Keeps MediaPipe from sending usage data.

Since 0.10.3x MediaPipe's wheels hold an uploader in native code: while a task runs, a thread of its own posts usage data to its
maker, and no option turns that off (google-ai-edge/mediapipe issue 6291; seen here in 1.2.2 with a system call trace). It goes
through libcurl, which asks the environment for a proxy before anything else. A proxy of a kind that does not exist makes it give
up there: no name is looked up and no connection is tried. tests/store/test_no_network.py has the kernel watch that.
"""

import os

PROXIES = {"http_proxy": "unavailable://formcheck", "https_proxy": "unavailable://formcheck", "no_proxy": "formcheck.invalid"}
"""Lower case: libcurl looks at these before HTTPS_PROXY and ALL_PROXY. no_proxy, so that the user's cannot let it pass."""
SAVED = "FORMCHECK_USERS_"


def forbid_uploads() -> None:
    """Call it before MediaPipe is imported. What the user had set is kept aside for users_environment()."""
    for name, value in PROXIES.items():
        if SAVED + name not in os.environ:
            os.environ[SAVED + name] = os.environ.get(name, "")
            os.environ[name] = value


def users_environment() -> dict[str, str]:
    """The environment as the user set it: for the one thing that may use the network, fetching the model."""
    environment = dict(os.environ)
    for name in PROXIES:
        for saved, present in ((SAVED + name, name), ((SAVED + name).upper(), name.upper())):  # Windows: all upper case
            if saved in environment:
                environment.pop(present, None)
                value = environment.pop(saved)
                if value:
                    environment[present] = value
    return environment
