"""`formcheck clients`: the clients of a clinic."""

import argparse
from datetime import datetime

from formcheck.cli.opened import with_library
from formcheck.library.clients import CONSENT_WORDS, VIDEO_WORDS, Consent
from formcheck.library.mending import rename_client
from formcheck.library.services import export_client
from formcheck.library.store.library import Library
from formcheck.system.errors import UserError
from formcheck.system.language import tr


@with_library
def list_clients(library: Library, _: argparse.Namespace) -> None:
    for c in library.clients():
        consent = tr("no consent yet") if c.consent is None else tr("consent of {when:%Y-%m-%d}", when=c.consent.when)
        video = tr(", with video") if c.consent and c.consent.video else ""
        print(
            tr(
                "{code}  {what}  {consent}{video}  {len} sessions",
                code=c.code,
                what=c.name or "-",
                consent=consent,
                video=video,
                len=len(library.sessions_of(c.uid)),
            )
        )


@with_library
def add_client(library: Library, options: argparse.Namespace) -> None:
    client = library.new_client(options.code, options.name)
    print(tr("{code}: nothing is recorded before consent (formcheck clients consent {code})", code=client.code))


@with_library
def record_consent(library: Library, options: argparse.Namespace) -> None:
    words = " ".join(tr(agreed) for agreed in ((CONSENT_WORDS, VIDEO_WORDS) if options.video else (CONSENT_WORDS,)))
    print(words)
    consent = Consent(datetime.now().astimezone(), True, options.video, words)
    client = library.give_consent(library.client(options.client).uid, consent)
    print(tr("Recorded for {code}.", code=client.code))


@with_library
def rename(library: Library, options: argparse.Namespace) -> None:
    if options.code is None and options.name is None:
        raise UserError(tr("say what is new: --code CODE, --name NAME, or both"))
    now = datetime.now().astimezone()
    client = rename_client(library, library.client(options.client), now, code=options.code or "", name=options.name)
    print(
        tr(
            "{code}  {what}. Reports that were written before keep what they said; new ones name both codes.",
            code=client.code,
            what=client.name or "-",
        )
    )


@with_library
def export_client_data(library: Library, options: argparse.Namespace) -> None:
    client = library.client(options.client)
    try:
        print(
            tr(
                "{export_client}: unlocked; delete it when it is handed over",
                export_client=export_client(library, client, options.folder),
            )
        )
    except FileExistsError as error:
        raise UserError(tr("{folder} exists already: name a new folder", folder=options.folder)) from error


@with_library
def delete_client(library: Library, options: argparse.Namespace) -> None:
    client = library.client(options.client)
    if not options.yes:
        count = len(library.sessions_of(client.uid))
        raise UserError(
            tr("this deletes {code} with {count} sessions and their videos for good: say --yes", code=client.code, count=count)
        )
    left = library.delete_client(client)
    print(tr("{code} is deleted.", code=client.code))
    for path in left:
        print(tr("Exported earlier and still there: {path}", path=path))
