"""The table of faults in docs/reliability.md is the one of scripts/faults.py, and names tests that there are."""

import ast
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
spec = importlib.util.spec_from_file_location("faults", ROOT / "scripts" / "faults.py")
assert spec is not None
assert spec.loader is not None
faults = importlib.util.module_from_spec(spec)
spec.loader.exec_module(faults)
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.words[:30])
def test_every_row_is_in_the_page_and_its_tests_exist(fault) -> None:  # type: ignore[no-untyped-def]
    assert f"| {fault.words} | {fault.what_happens} |" in PAGE
    for test in fault.tests:
        file, _, name = test.partition("::")
        functions = [n.name for n in ast.parse((ROOT / "tests" / file).read_text()).body if isinstance(n, ast.FunctionDef)]
        assert any(function.startswith(name or "test") for function in functions), test


def test_the_page_has_no_row_but_these() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "what happens" not in line]
    assert len(rows) == len(faults.FAULTS)


def test_a_failed_case_is_counted_as_such() -> None:
    cases = [("library.test_kill::test_no_finished_session_is_lost", "failed"), ("run.test_recovery::test_a[x]", "passed")]
    assert "| 0 hold, 1 failed |" in faults.table(cases)
    assert "| 1 hold |" in faults.table(cases)


def test_what_stands_between_the_markers_is_replaced() -> None:
    assert faults.put("a\n<!-- table -->\nold\n<!-- end -->\nb", "table", "new") == "a\n<!-- table -->\nnew\n<!-- end -->\nb"
