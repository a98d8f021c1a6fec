"""`formcheck plans`: home exercise programmes."""

import argparse
from datetime import datetime

from formcheck.cli.opened import client_of, uid_of, with_library
from formcheck.library.adherence import next_item
from formcheck.library.plan_import import take_plan
from formcheck.library.plans import dump, read_plan
from formcheck.library.store.library import Library
from formcheck.report.words import exercise_title
from formcheck.system.errors import UserError
from formcheck.system.files import write_export
from formcheck.system.language import tr


@with_library
def list_plans(library: Library, options: argparse.Namespace) -> None:
    uid = uid_of(client_of(library, options))
    for plan in library.plans(uid):
        print(plan.title)
        for item in plan.items:
            print(
                tr(
                    "  {exercise} {what} {sets} × {reps}, {per_week} days a week",
                    exercise=exercise_title(item.exercise),
                    what=tr(item.side or ""),
                    sets=item.sets,
                    reps=item.reps,
                    per_week=item.per_week,
                )
            )
        due = next_item(plan, library.sessions_of(uid), datetime.now().astimezone().date())
        print(
            tr("  next: {exercise}, set {what}", exercise=exercise_title(due[0].exercise), what=due[1])
            if due
            else tr("  done for today")
        )


@with_library
def import_plan(library: Library, options: argparse.Namespace) -> None:
    taken = take_plan(library, read_plan(options.file), uid_of(client_of(library, options)))
    print(tr("{title}, {n} exercises: {how}", title=taken.plan.title, n=len(taken.plan.items), how=tr(taken.how)))


@with_library
def export_plan(library: Library, options: argparse.Namespace) -> None:
    found = [p for p in library.plans(uid_of(client_of(library, options))) if p.title == options.title]
    if not found:
        raise UserError(tr("no plan called {title!r}; see formcheck plans list", title=options.title))
    write_export(options.file, dump(found[0], with_client=False))
    print(options.file)
