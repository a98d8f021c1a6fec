"""Writes docs/session.schema.json: the JSON Schema of session.json, from the types that read it."""

from pathlib import Path

from formcheck.session.file import session_schema
from formcheck.system.json_format import to_text

PAGE = Path(__file__).parents[1] / "docs" / "session.schema.json"


def main() -> None:
    PAGE.write_text(to_text(session_schema()), encoding="utf-8")


if __name__ == "__main__":
    main()
