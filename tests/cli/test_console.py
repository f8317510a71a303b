from __future__ import annotations

import pytest

from lawkpi.cli.console import answers, problems


def test_results_and_problems_go_to_streams_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A result can be piped to a file while progress and errors stay on the screen."""
    answers.print("结果")
    problems.print("问题")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("结果\n", "问题\n")
