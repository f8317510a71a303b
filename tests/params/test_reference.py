from __future__ import annotations

from typing import Any

import pytest

from lawkpi.params import Reference


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"document": "行政诉讼法", "article": "67"}, "《行政诉讼法》第67条"),
        ({"document": "法释〔2020〕3号", "article": "2"}, "法释〔2020〕3号第2条"),
        ({"document": "国办发〔2018〕115号"}, "国办发〔2018〕115号"),
        ({"document": "行政复议法", "article": "23", "note": "2017年文本"}, "《行政复议法》第23条"),
    ],
)
def test_a_reference_is_printed_as_documents_are_cited(parts: dict[str, Any], text: str) -> None:
    """A title stands in 《》, a document number does not."""
    assert Reference.model_validate(parts).text == text
