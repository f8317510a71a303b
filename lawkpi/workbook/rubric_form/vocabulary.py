"""Words and the codes they stand for; each code has exactly one word, whatever the labels are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawkpi.ledger.departments import fold


class Vocabulary:
    """Codes and their words, both ways.

    Codes whose labels are equal are told apart by the code behind the label. A word is read whatever its
    width and spaces are; a code itself is read as well.

    Example
    -------
    >>> words = Vocabulary({"a": "甲", "b": "甲", "c": "丙"})
    >>> words.words, words.code("丙"), words.code("c"), words.code("丁")
    (['甲（a）', '甲（b）', '丙'], 'c', 'c', None)
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._word = dict(_distinct(labels))
        self._code = {fold(code): code for code in labels}
        self._code |= {fold(word): code for code, word in self._word.items()}

    @property
    def words(self) -> list[str]:
        """Every word, in declared order."""
        return list(self._word.values())

    @property
    def pairs(self) -> Mapping[str, str]:
        """Code to word."""
        return self._word

    def word(self, code: str) -> str:
        """The word of a code; a code that is not known stands for itself."""
        return self._word.get(code, code)

    def code(self, word: str) -> str | None:
        """The code of a word; None for a word that is not known."""
        return self._code.get(fold(word))


def _distinct(labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Code and word; a label that stands for several codes, or reads like another code, is numbered."""
    folded = [fold(label) for label in labels.values()]
    codes = {fold(code) for code in labels}
    for code, label in labels.items():
        is_shared = folded.count(fold(label)) > 1
        is_other = fold(label) in codes and fold(label) != fold(code)
        yield code, f"{label}（{code}）" if is_shared or is_other else label
