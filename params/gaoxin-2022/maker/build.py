"""Make the example's ledgers: python params/gaoxin-2022/maker/build.py [--output FOLDER].

Every record is invented; run again, it writes the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from example.books import Book
from example.cases import case_filings, litigation
from example.duty import duty_reports, rectifications
from example.figures import figures
from example.given import Given, Ledgers
from example.office import daily_log, entered, judged, self_assessments, submissions
from example.people import enforcers, principals
from example.reconsider import claims, duty_requests, reconsideration
from example.review import contracts, documents, legality_reviews
from example.study import study_attendance, study_sessions
from example.training import exams, training

FOLDER = Path(__file__).resolve().parent.parent
MAKERS = (
    study_sessions, study_attendance, enforcers, training, exams, principals, duty_reports,
    rectifications, documents, legality_reviews, contracts, litigation, reconsideration,
    case_filings, claims, duty_requests, daily_log, entered, judged, self_assessments,
)  # fmt: skip


def ledgers(given: Given) -> Ledgers:
    """All ledgers by id."""
    made = {maker.__name__: maker(given) for maker in MAKERS}
    return made | {"submissions": submissions(given, made)}


def write(given: Given, made: Ledgers, output: Path) -> None:
    """One workbook per ledger, named as assessment.yaml names it."""
    output.mkdir(parents=True, exist_ok=True)
    for name, declared in given.settings["ledgers"].items():
        path = output / Path(declared["files"][0]).name
        Book.of(given, name, made[name]).write(path)
        sys.stdout.write(f"{path.name}\t{len(made[name])}\n")


def main() -> None:
    """Write the workbooks and print what they hold."""
    parser = argparse.ArgumentParser(description="生成示例台账（全部为虚构）")
    parser.add_argument("--output", type=Path, default=FOLDER / "ledgers")
    given = Given.read(FOLDER)
    made = ledgers(given)
    write(given, made, parser.parse_args().output)
    for name, value in figures(made).items():
        sys.stdout.write(f"{name}\t{value}\n")


if __name__ == "__main__":
    main()
