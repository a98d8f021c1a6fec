"""Writes docs/data-dictionary.md from the program's own tables. Usage: data_dictionary.py"""

from pathlib import Path

from formcheck.report.export import data_dictionary

if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
