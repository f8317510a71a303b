"""Published rubrics: which of their clauses the language says, counted from clauses.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

from pydantic import model_validator

from docs.rubric_language.text import table
from lawkpi.params import Strict, load_model, read_yaml

Expressed = Literal["records", "entered", "judged", "partly", "no"]


class Clause(Strict):
    """One clause of a published rubric: the items that express it, from what, or why not."""

    clause: str
    items: tuple[str, ...] = ()
    expressed: Expressed
    reason: str = ""

    @model_validator(mode="after")
    def _reasoned(self) -> Clause:
        if self.expressed in ("partly", "no") and not self.reason:
            raise ValueError(f"{self.clause}: partly and no are written with their reason")
        return self


class Clauses(Strict):
    """A rubric's clauses; `reference` is the number under which its source was read."""

    reference: str
    clauses: tuple[Clause, ...]


def clause_files(rubrics: Path) -> dict[str, Clauses]:
    """Each published rubric's clauses, by the name of its folder."""
    files = sorted(rubrics.glob("*/clauses.yaml"))
    return {path.parent.name: load_model(path, Clauses) for path in files}


def clauses_text(rubrics: Path) -> str:
    """How much of each rubric is expressed, and what is not, with the reason."""
    files = clause_files(rubrics)
    titles = {name: str(read_yaml(rubrics / name / "rubric.yaml")["title"]) for name in files}
    kinds = get_args(Expressed)
    rows = [
        (f"`{name}` {titles[name]}", own.reference, *_counts(own.clauses, kinds))
        for name, own in files.items()
    ]
    every = [clause for own in files.values() for clause in own.clauses]
    rows.append(("all", "", *_counts(every, kinds)))
    counted = table(("rubric", "source", "clauses", *kinds), rows)
    return "\n\n".join([counted, *_open(files, titles)])


def _counts(clauses: Sequence[Clause], kinds: Sequence[str]) -> tuple[str, ...]:
    found = Counter(str(one.expressed) for one in clauses)
    return (str(len(clauses)), *(str(found[kind]) for kind in kinds))


def _open(files: dict[str, Clauses], titles: dict[str, str]) -> Iterable[str]:
    """The clauses that are said in part or not at all, rubric by rubric."""
    for name, own in files.items():
        wanting = [one for one in own.clauses if one.expressed in ("partly", "no")]
        if wanting:
            lines = "\n".join(f"- {one.clause} ({one.expressed}): {one.reason}" for one in wanting)
            yield f"{titles[name]} (`{name}`):\n\n{lines}"
