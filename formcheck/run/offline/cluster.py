"""Other computers for a folder of videos: a Dask scheduler hands each video to one of its workers. An extra: formcheck[cluster].

A video whose worker ends is given to another one. Workers read and write the same folders under the same paths; what goes over
the network is which video is analysed how, and the session that comes of it, never a picture.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from formcheck import __version__
from formcheck.system.errors import UserError
from formcheck.system.language import tr

CONNECT_S = 10


@contextmanager
def workers_at(address: str) -> Iterator[Executor]:
    """The workers of the scheduler at tcp://HOST:PORT. UserError where there are none, or of another version."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError(tr("a cluster needs a library that is not installed: pip install 'formcheck[cluster]'")) from error
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError(
            tr("{address}: no Dask scheduler answers there; start one with: dask scheduler", address=address)
        ) from error
    with client:
        versions = client.run(_version)
        if not versions:
            raise UserError(tr("{address}: the scheduler has no worker; start some with: dask worker {address}", address=address))
        others = sorted({version for version in versions.values() if version != __version__})
        if others:
            raise UserError(
                tr(
                    "workers run formcheck {theirs}, this computer {ours}: install the same version everywhere",
                    theirs=", ".join(others),
                    ours=__version__,
                )
            )
        yield client.get_executor()  # type: ignore[no-untyped-call]


def _version() -> str:
    return __version__
