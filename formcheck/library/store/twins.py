"""The same film kept twice: known by its content, whatever it is called and wherever it lies."""

from collections.abc import Iterable

from formcheck.library.errors import StoreError
from formcheck.library.store.index import Entry
from formcheck.system.language import tr


def twins(entry: Entry, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The other sessions that measured the same part of the same film as the same exercise."""
    same = (e for e in entries if entry.film is not None and (e.film, e.exercise) == (entry.film, entry.exercise))
    return tuple(e for e in same if e.uid != entry.uid)


def refuse_twin(entry: Entry, entries: Iterable[Entry]) -> None:
    """StoreError where this film was kept for the same person already."""
    found = next((e for e in twins(entry, entries) if e.client == entry.client), None)
    if found is not None:
        raise StoreError(
            tr("this film is in the library already, as {folder}: say --again to keep it twice", folder=found.folder)
        )
