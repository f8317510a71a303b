"""What has been read so far: a record in plain form, where each value stood, what failed; and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lawkpi.errors import Finding, Severity
from lawkpi.workbook.rubric_form.cell import Address, Path, Row, Wrong
from lawkpi.workbook.rubric_form.fields import Chosen

_TODO = {
    "RUBRIC_FORM_CELL_MISSING": "补填该单元格",
    "RUBRIC_FORM_PARAMETER_BEYOND": "清空该单元格，或改选方式",
    "RUBRIC_FORM_OWNER_UNKNOWN": "改为已有的编号，或补上该行",
    "RUBRIC_FORM_INVALID": "对照《填写说明》改正",
    "RUBRIC_FORM_REPEATED": "改用不重复的编号或名称",
}
MEND = "改正该单元格后重新读取"


@dataclass
class Draft:
    """A record on its way: paths lead from the record itself."""

    plain: Any = field(default_factory=dict)
    places: dict[Path, Address] = field(default_factory=dict)
    failed: set[Path] = field(default_factory=set)
    chosen: list[Chosen] = field(default_factory=list)
    row: Row | None = None

    def put(self, path: Path, value: Any) -> None:
        """Set a value; the mappings on the way are made."""
        target = self.plain
        for key in path[:-1]:
            target = target.setdefault(key, {})
        target[path[-1]] = value

    def ensure(self, path: Path) -> None:
        """Make the mappings that lead to a value."""
        target = self.plain
        for key in path:
            target = target.setdefault(key, {})

    def mark(self, path: Path, address: Address) -> None:
        """Where a value stands; the first place stays."""
        self.places.setdefault(path, address)

    def take(self, other: Draft, base: Path) -> None:
        """What is known of a part, with the path to it."""
        for path, address in other.places.items():
            self.mark((*base, *path), address)
        self.failed |= {(*base, *path) for path in other.failed}


@dataclass
class Log:
    """Findings of one workbook."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, row: Row, heading: str, wrong: Wrong) -> None:
        """A cell that cannot be used."""
        found = row.cell(heading).found
        self.add(row.address(heading), wrong, f"{heading}：{found}" if found else "")

    def add(self, address: Address, wrong: Wrong, found: str = "") -> None:
        """A fault at a place."""
        self.findings.append(
            Finding(
                code=wrong.code,
                severity=Severity.ERROR,
                what=wrong.what,
                file=self.file,
                sheet=address.sheet,
                cell=address.cell,
                found=found,
                expected=wrong.expected,
                todo=_TODO.get(wrong.code, MEND),
            )
        )


def missing(what: str, expected: str = "") -> Wrong:
    """A cell that has to be filled."""
    return Wrong("RUBRIC_FORM_CELL_MISSING", f"“{what}”没有填写", expected)


def beyond(heading: str, chosen: Iterable[str]) -> Wrong:
    """A cell that the chosen way has no use for."""
    said = "、".join(f"“{one}”" for one in chosen if one)
    return Wrong(
        "RUBRIC_FORM_PARAMETER_BEYOND",
        f"所选{said or '方式'}没有“{heading}”这一项" if said else f"“{heading}”此处不填",
        "空白",
    )


def repeated(heading: str, text: str) -> Wrong:
    """A name that stands for two things."""
    return Wrong("RUBRIC_FORM_REPEATED", f"{heading}“{text}”写了两次", "不重复")
