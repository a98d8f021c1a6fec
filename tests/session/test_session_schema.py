"""docs/session.schema.json: in step with the program, and true of what the program writes."""

import json
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from live_cases import clam_set, opening, picture

from formcheck.session.file import session_schema
from formcheck.system.json_format import to_text

PAGE = Path(__file__).parents[2] / "docs" / "session.schema.json"
OLD = Path(__file__).with_name("session_of_0_1_0.json")
FPS = 20


@pytest.fixture(scope="module")
def check() -> Any:
    return fastjsonschema.compile(json.loads(PAGE.read_text(encoding="utf-8")))


def test_the_page_is_of_this_program() -> None:
    assert json.loads(PAGE.read_text(encoding="utf-8")) == json.loads(to_text(session_schema())), "run scripts/session_schema.py"


def test_real_sessions_keep_to_it(check: Any, tmp_path: Path) -> None:
    check(json.loads(OLD.read_text()))
    live = clam_set(tmp_path, record=False)
    for i in range(5 * FPS):
        frame = picture(i, i / FPS)
        live.feed(frame, opening(frame))
    assert live.close().reps
    check(json.loads((live.folder / "session.json").read_text()))


@pytest.mark.parametrize("change", [{"reps": 3}, {"side": "up"}, {"format": "other"}, {"version": 2}, {"video": None}])
def test_others_do_not(check: Any, change: dict[str, object]) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaException):
        check(json.loads(OLD.read_text()) | change)
