"""Home exercise programmes: what the buttons of their dialog do."""

from collections.abc import Callable
from pathlib import Path

from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.plans.plan_editor import PlanEditor
from formcheck.gui.plans.plans_dialog import PlansDialog
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.library.plan_import import take_plan
from formcheck.library.plans import Plan, dump, read_plan
from formcheck.library.store.library import Library
from formcheck.system.files import write_export
from formcheck.system.language import tr

FILES = "JSON (*.json)"


class PlansPresenter(Presenter):
    def __init__(self, library: LibraryState, notices: Notices, questions: Questions, navigation: Navigation) -> None:
        self.dialog = dialog = PlansDialog()
        super().__init__(dialog)
        self._library, self._notices, self._questions, self._navigation = library, notices, questions, navigation
        library.changed.connect(dialog.show_content)
        dialog.write.connect(lambda: self.edit(None))
        dialog.change.connect(self.edit)
        dialog.receive.connect(self._ask_and_import)
        dialog.export.connect(self._ask_and_export)
        dialog.delete.connect(self.delete)
        dialog.show_content(library.content)

    def shown(self) -> None:
        self._library.refresh()

    def edit(self, plan: Plan | None) -> None:
        """Change a plan, or write a new one of the chosen client or the owner."""
        editor = PlanEditor(plan, self._library.owner.client)

        def save() -> None:
            written = editor.plan()
            self._do(lambda library: library.put_plan(written))

        editor.accepted.connect(save)
        self._navigation.open_dialog(editor)

    def import_plan(self, source: Path) -> None:
        """A plan that was sent; it becomes the chosen client's, or the owner's."""
        client = self._library.owner.client
        self._do(lambda library: take_plan(library, read_plan(source), client), tr("The plan was taken in."))

    def export_plan(self, plan: Plan, target: Path) -> None:
        """As one file, without the client."""
        content = dump(plan, with_client=False)
        self._do(lambda _: write_export(target, content), tr("Saved {file}", file=target))

    def delete(self, plan: Plan) -> None:
        """After asking."""
        self._questions.confirm(
            tr("Delete the plan “{plan}”? Its sessions stay.", plan=plan.title),
            tr("&Delete"),
            lambda: self._do(lambda library: library.delete_plan(plan.uid)),
        )

    def _ask_and_import(self) -> None:
        source = self._questions.file_to_read(tr("Import a plan"), FILES)
        if source is not None:
            self.import_plan(source)

    def _ask_and_export(self, plan: Plan) -> None:
        target = self._questions.file_to_write(tr("Export the plan"), f"{plan.title}.json", FILES)
        if target is not None:
            self.export_plan(plan, target.with_suffix(".json"))

    def _do(self, work: Callable[[Library], object], words: str = "") -> None:
        """Change the library, say so, and show what it holds then."""

        def done(_: object) -> None:
            if words:
                self._notices.notice(words)
            self._library.refresh()

        self._library.jobs.run(work, done, self._notices.trouble)
