"""A day's work: analysis, report, library, locking, bundle, progress. Usage: offline_day.py MODEL VIDEO FOLDER."""

import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from formcheck.exercises import EXERCISES
from formcheck.library.bundle import export_sessions, import_bundle
from formcheck.library.clients import CONSENT_WORDS, Consent
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.store.sync import open_library
from formcheck.report.folder import read_folder, write_document, write_report
from formcheck.report.period_report import period_document
from formcheck.report.progress import Sample
from formcheck.run.offline.analyze import Request, analyze_video


def main(model: Path, video: Path, work: Path) -> None:
    out = work / "session"
    analyze_video(Request(video, EXERCISES["clam"], out, model))
    time.sleep(1.0)  # MediaPipe's uploader has a thread and a clock of its own
    write_report(out, html=work / "report.html", pdf=work / "report.pdf")
    set_passphrase(open_library(work / "library"), "correct horse battery")
    with open_library(work / "library", passphrase="correct horse battery") as library:
        client = library.new_client("K-1", "Ann")
        library.put_client(replace(client, consent=Consent(datetime.now().astimezone(), True, True, CONSENT_WORDS)))
        entry = library.add_session(out, keep_video=True, client=client.uid)
        with library.opened(entry) as folder:
            sample = Sample(entry.when, read_folder(folder).session)
        write_document(period_document([sample]), html=work / "period.html", pdf=work / "period.pdf")
        export_sessions(library, library.sessions(), work / "sent.zip", videos=True)
    with open_library(work / "other") as other:
        import_bundle(other, work / "sent.zip", client=None, keep_video=True)
    (work / "done").touch()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
