"""References: where a number or a duty comes from."""

from __future__ import annotations

from lawkpi.params.base import Strict


class Reference(Strict):
    """A clause of a law, a document or a rubric.

    `document` is its title or number (法释〔2020〕3号), `article` its article as text.
    """

    document: str
    article: str = ""
    body: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The reference as it is printed, such as 《行政诉讼法》第67条."""
        named = self.document if "〔" in self.document else f"《{self.document}》"
        return f"{named}第{self.article}条" if self.article else named
