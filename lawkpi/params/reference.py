"""References: where a number or a duty comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field

from lawkpi.params.base import Strict

_ITEM = re.compile("[.A-Za-z]")
"""What stands in the number of a document's item (1.1.1, 3a) and never in that of an article."""


class Reference(Strict):
    """A clause of a law, a document or a rubric.

    `document` is its title or number (法释〔2020〕3号), `article` its article as text.
    """

    document: str = Field(title="文件")
    article: str = Field(default="", title="条")
    body: str = Field(default="", title="制定机关")
    note: str = Field(default="", title="说明")

    @property
    def text(self) -> str:
        """The reference as it is printed, such as 《行政诉讼法》第67条."""
        return f"{self.named}{self._article}"

    @property
    def named(self) -> str:
        """The document alone, in title marks unless it is a document number."""
        return self.document if "〔" in self.document else f"《{self.document}》"

    @property
    def _article(self) -> str:
        if not self.article:
            return ""
        return f"第{self.article}{'项' if _ITEM.search(self.article) else '条'}"

    def following(self, before: Reference | None, *, with_note: bool) -> str:
        """The reference behind another one: the document is named once."""
        is_same = before is not None and before.document == self.document and bool(self.article)
        note = f"（{self.note}）" if with_note and self.note else ""
        return f"{'' if is_same else self.named}{self._article}{note}"


def cited(references: Sequence[Reference], *, with_notes: bool = False) -> str:
    """Several references in one text, such as 《行政复议法》第48条、第88条."""
    before: list[Reference | None] = [None, *references[:-1]]
    pairs = zip(references, before, strict=True) if references else ()
    return "、".join(one.following(last, with_note=with_notes) for one, last in pairs)
