"""The page itself: mechanisms, prose, entries with their examples, clauses of published rubrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docs.rubric_language.book import Answers, Book, Entry, Given, load_book
from docs.rubric_language.clauses import clauses_text
from docs.rubric_language.conditions import conditions_table
from docs.rubric_language.examples import Scored, scored
from docs.rubric_language.models import Fields, language_models
from docs.rubric_language.text import block, flow, table
from lawkpi.ledger.schema import Schema
from tests.support.tiny import PARAMS, SCHEMAS

DOCS = Path(__file__).resolve().parents[1]
DATA = DOCS / "rubric-language.yaml"
PAGE = DOCS / "rubric-language.md"
_ASKED = {
    "total": "total",
    "rank": "rank",
    "grade": "grade",
    "base": "base points",
    "bonus": "bonus",
    "malus": "malus",
}
_STATES = {
    "not_applicable": "不适用",
    "not_reported": "未报送",
    "pending": "待核",
    "veto": "一票否决",
}


def language_page(book: Book | None = None) -> str:
    """The page as Markdown."""
    return "\n\n".join(_parts(book or load_book(DATA))) + "\n"


def _parts(book: Book) -> Iterator[str]:
    places = {table: entry.anchor for entry in book.entries for table in entry.tables}
    fields = Fields(book.meanings, places)
    yield book.head.strip()
    yield "\n".join(_contents(book))
    yield "## The thirty-six mechanisms"
    yield _mechanisms(book)
    for name, chapter in book.chapters.items():
        yield f'<a id="{name}"></a>\n\n## {chapter.title}'
        if chapter.about:
            yield chapter.about.strip()
        if name == "conditions":
            yield conditions_table(book.conditions, SCHEMAS)
        if name == "clauses":
            yield clauses_text(PARAMS / "rubrics")
        for entry in chapter.entries:
            yield from _entry(entry, fields)


def _contents(book: Book) -> Iterator[str]:
    for name, chapter in book.chapters.items():
        links = ", ".join(f"[{one.name}](#{one.anchor})" for one in chapter.entries)
        yield f"- [{chapter.title}](#{name})" + (f": {links}" if links else "")


def _mechanisms(book: Book) -> str:
    rows = []
    for number, one in book.mechanisms.items():
        entries = [entry for entry in book.entries if number in entry.mechanisms]
        links = ", ".join(f"[{entry.name}](#{entry.anchor})" for entry in entries)
        rows.append((str(number), one.title, one.written, links))
    return table(("", "mechanism", "how it is written", "examples"), rows)


def _entry(entry: Entry, fields: Fields) -> Iterator[str]:
    yield f'<a id="{entry.anchor}"></a>\n\n### `{entry.name}` {entry.title}'
    yield entry.about.strip()
    if entry.example is not None:
        yield from _example(entry)
    models = {model.__name__: model for model in language_models()}
    for name in entry.tables:
        yield fields.table(models[name])


def _example(entry: Entry) -> Iterator[str]:
    result = scored(entry)
    yield _origin(entry)
    yield block(entry.example)
    yield _given(entry.given, entry)
    yield _answers(result.answers(entry.answers(entry.expect)), entry)
    yield from _said(entry, result)
    if entry.variants:
        yield _variants(entry)


def _origin(entry: Entry) -> str:
    """Where the example is from, and the clause it says."""
    parts = [f"Example: {entry.origin}." if entry.origin else "Example."]
    if entry.mechanisms:
        numbers = ", ".join(str(one) for one in entry.mechanisms)
        parts.append(f"Mechanism {numbers}.")
    full = f" ({entry.full_points} points)" if entry.full_points else ""
    if entry.clause:
        parts.append(f"“{entry.clause}”{full}")
    return " ".join(parts)


def _given(given: Given, entry: Entry) -> str:
    """The records of an example, ledger by ledger."""
    parts = []
    if len(given.departments) > 1 or len(set(given.departments.values()) - {"all"}):
        named = "; ".join(f"{code} in group {group}" for code, group in given.departments.items())
        parts.append(f"Departments: {named}.")
    if entry.period != ("2024-01-01", "2024-12-31"):
        parts.append(f"Period: {entry.period[0]} to {entry.period[1]}.")
    filled = {name: rows for name, rows in given.ledgers.items() if rows}
    if not filled:
        return " ".join([*parts, "Given: no records."])
    tables = [_rows(SCHEMAS[name], rows) for name, rows in filled.items()]
    return "\n\n".join(([" ".join(parts)] if parts else []) + tables)


def _rows(schema: Schema, rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row if name != "times"))
    heads = [f"{schema.title_of(name)} `{name}`" for name in columns]
    is_repeated = any("times" in row for row in rows)
    lines = [
        [_cell(schema, name, row.get(name)) for name in columns]
        + ([f"× {row.get('times', 1)}"] if is_repeated else [])
        for row in rows
    ]
    counted = [*heads, *([""] if is_repeated else [])]
    return f"Given, {schema.title} (`{schema.id}`):\n\n{table(counted, lines)}"


def _cell(schema: Schema, column: str, value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    label = schema.labels_of(column).get(text)
    return f"{label} `{text}`" if label and label != text else text


def _answers(answers: Answers, entry: Entry) -> str:
    """What the engine gives."""
    if len(answers) == 1 and entry.rubric is None:
        ((_, own),) = answers.items()
        if len(own) == 1:
            return f"Gives: **{_answer(next(iter(own.values())))}**"
    return f"Gives: {_listed(answers, entry)}"


def _listed(answers: Answers, entry: Entry) -> str:
    is_one = len(entry.given.departments) == 1
    parts = []
    for what, own in answers.items():
        if is_one or len(own) == 1:
            said = "、".join(_answer(one) for one in own.values())
        else:
            said = "、".join(f"{code} {_answer(one)}" for code, one in own.items())
        parts.append(f"{_question(what)}**{said}**")
    return "; ".join(parts)


def _question(what: str) -> str:
    if what.startswith("full "):
        return f"full points of item {what.removeprefix('full ')} "
    return f"{_ASKED.get(what, f'item {what}')} "


def _answer(text: str) -> str:
    return _STATES.get(text, text)


def _said(entry: Entry, result: Scored) -> Iterator[str]:
    """The engine's sentences for the first department of each group, and the Excel form."""
    codes = firsts(entry.given)
    for item in entry.said:
        for code in codes:
            lines = result.sentences(item, code)
            head = f"> {code}\n>\n" if len(codes) > 1 else ""
            yield head + "\n>\n".join(f"> {line}" for line in lines)
        yield f"Excel: {_formulas(result, item, codes[0])}."


def firsts(given: Given) -> list[str]:
    """The first department of each group."""
    found: dict[str, str] = {}
    for code, group in given.departments.items():
        found.setdefault(group, code)
    return list(found.values())


def _formulas(result: Scored, item: str, code: str) -> str:
    found = result.formulas(item, code)
    texts = [text for _, text in found]
    said = texts if len(found) == 1 else [f"rule {rule}: {text}" for rule, text in found]
    return "; ".join(said)


def _variants(entry: Entry) -> str:
    rows = []
    for one in entry.variants:
        answers = scored(entry, one).answers(entry.answers(one.expect))
        change = f"`{flow(one.change)}`" if one.change else ""
        title = "; ".join(part for part in (one.title, _given_inline(one.given)) if part)
        rows.append((title, change, _short(answers, entry)))
    return "Changed:\n\n" + table(("", "instead", "gives"), rows)


def _given_inline(given: Given | None) -> str:
    if given is None:
        return ""
    rows = [f"`{flow(row)}` in `{name}`" for name, own in given.ledgers.items() for row in own]
    return f"given {', '.join(rows)}" if rows else "given no records"


def _short(answers: Answers, entry: Entry) -> str:
    own: Mapping[str, str] = next(iter(answers.values()))
    if entry.rubric is None and len(own) == 1:
        return _answer(next(iter(own.values())))
    return _listed(answers, entry).replace("**", "")
