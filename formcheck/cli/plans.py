"""`formcheck plans`: home exercise programmes."""

import argparse
from datetime import datetime

from formcheck.cli.opened import client_of, uid_of, with_library
from formcheck.library.adherence import next_item
from formcheck.library.plan_import import take_plan
from formcheck.library.plans import dump, read_plan
from formcheck.library.store.library import Library
from formcheck.system.errors import UserError
from formcheck.system.files import write_export


@with_library
def list_plans(library: Library, options: argparse.Namespace) -> None:
    uid = uid_of(client_of(library, options))
    for plan in library.plans(uid):
        print(plan.title)
        for item in plan.items:
            print(f"  {item.exercise} {item.side or ''} {item.sets} × {item.reps}, {item.per_week} days a week")
        due = next_item(plan, library.sessions_of(uid), datetime.now().astimezone().date())
        print(f"  next: {due[0].exercise}, set {due[1]}" if due else "  done for today")


@with_library
def import_plan(library: Library, options: argparse.Namespace) -> None:
    taken = take_plan(library, read_plan(options.file), uid_of(client_of(library, options)))
    print(f"{taken.plan.title}, {len(taken.plan.items)} exercises: {taken.how}")


@with_library
def export_plan(library: Library, options: argparse.Namespace) -> None:
    found = [p for p in library.plans(uid_of(client_of(library, options))) if p.title == options.title]
    if not found:
        raise UserError(f"no plan called {options.title!r}; see formcheck plans list")
    write_export(options.file, dump(found[0], with_client=False))
    print(options.file)
