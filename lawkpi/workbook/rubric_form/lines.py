"""Several things in one cell: lists, pairs and references, as officials write them.

Every text survives the way there and back: a mark inside a text that would be taken for a separator is
written with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lawkpi.params import Reference
from lawkpi.workbook.rubric_form.cell import Wrong

SEPARATORS = "、，,；;\n"
"""What separates the parts of a list; 、 is what is written."""
COLONS = "：:"
_FIELDS = ("document", "article", "body", "note")
_CITED = re.compile(
    r"(?P<document>《.+》|[^《》]*〔[^《》]*?|[^《》]+?)(?:第(?P<article>[^第条]+)条)?(?:（(?P<note>[^（）]+)）)?"
)


def escaped(text: str, marks: str) -> str:
    """A text whose marks, line breaks and backslashes are not taken for anything else."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return "".join(f"\\{char}" if char in marks else char for char in text)


def plain(text: str) -> str:
    """The text that was escaped."""
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] == "n" else one[1], text)


def split(text: str, marks: str, most: int = -1) -> list[str]:
    """The parts of a text between marks, still escaped; at most so many cuts."""
    parts: list[str] = []
    start = place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] in marks and most != len(parts):
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]


def list_text(texts: Sequence[str]) -> str:
    """A list in one cell: 甲、乙."""
    return "、".join(escaped(text, SEPARATORS) for text in texts)


def read_list(text: str) -> list[str]:
    """The list that a cell holds; blank parts are left out."""
    return [plain(part.strip()) for part in split(text, SEPARATORS) if part.strip()]


def unseparated(text: str) -> str:
    """A text without any of the marks that separate the parts of a list."""
    return "".join(char for char in text if char not in SEPARATORS)


def pairs_text(pairs: Mapping[str, str]) -> str:
    """Names and texts in one cell, a line each: 计数单位：人次."""
    return "\n".join(
        f"{escaped(name, COLONS)}：{escaped(text, '')}" for name, text in pairs.items()
    )


def read_pairs(text: str) -> dict[str, str]:
    """The names and texts that a cell holds.

    Raises
    ------
    Wrong RUBRIC_FORM_LINE_UNREADABLE : a line without a colon, a blank side, or a name written twice
    """
    pairs: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        name, *rest = (plain(part.strip()) for part in split(line, COLONS, 1))
        if not (name and rest and rest[0]) or name in pairs:
            raise _unreadable(line, "每行一个，写作“名称：内容”，名称不重复")
        pairs[name] = rest[0]
    return pairs


def references_text(references: Sequence[Mapping[str, str]]) -> str:
    """References in one cell, a line each: 《行政诉讼法》第67条（说明）."""
    return "\n".join(map(_cited, references))


def _cited(raw: Mapping[str, str]) -> str:
    """As officials cite it, where that reads back as the same; otherwise field by field."""
    reference = Reference.model_validate(raw)
    note = f"（{reference.note}）" if reference.note else ""
    line = f"{reference.text}{note}"
    if "\\" not in line and "\n" not in line and "|" not in line and _friendly(line) == dict(raw):
        return line
    return "|".join(escaped(raw.get(name, ""), "|") for name in _FIELDS)


def read_references(text: str) -> list[dict[str, str]]:
    """The references that a cell holds.

    Raises
    ------
    Wrong RUBRIC_FORM_LINE_UNREADABLE : a line that is no reference
    """
    return [_reference(line.strip()) for line in text.split("\n") if line.strip()]


def _reference(line: str) -> dict[str, str]:
    fields = [plain(part) for part in split(line, "|")]
    if len(fields) == len(_FIELDS) and fields[0]:
        return {name: text for name, text in zip(_FIELDS, fields, strict=True) if text}
    found = _friendly(line) if len(fields) == 1 else None
    if found is None:
        raise _unreadable(line, "每行一个文件，如：《行政诉讼法》第67条（说明）")
    return found


def _friendly(line: str) -> dict[str, str] | None:
    match = _CITED.fullmatch(line)
    if match is None:
        return None
    found = {name: text for name, text in match.groupdict().items() if text}
    document = found["document"].strip()
    if document.startswith("《"):
        document = document[1:-1]
    return found | {"document": document} if document else None


def _unreadable(line: str, expected: str) -> Wrong:
    return Wrong("RUBRIC_FORM_LINE_UNREADABLE", f"“{line}”这一行不能识别", expected)
