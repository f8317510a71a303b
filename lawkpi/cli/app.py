"""The application: its commands and how errors are said."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from lawkpi.cli.check import check
from lawkpi.cli.console import problems
from lawkpi.cli.due import due
from lawkpi.cli.explain import explain
from lawkpi.cli.feedback import feedback
from lawkpi.cli.limits import limits
from lawkpi.cli.lint import lint
from lawkpi.cli.rubric import rubric
from lawkpi.cli.run import run
from lawkpi.cli.scoring import scoring
from lawkpi.cli.wrong_use import wrong_use
from lawkpi.errors import LawkpiError, ParamsError, UsageError

app = typer.Typer(
    name="lawkpi",
    help="法治建设绩效考核工具。\n\nScores departments on their rule-of-law duties.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("check")(check)
app.command("lint")(lint)
app.command("run")(run)
app.command("explain")(explain)
app.command("due")(due)
app.command("limits")(limits)
app.add_typer(rubric, name="rubric")
app.add_typer(feedback, name="feedback")
app.add_typer(scoring, name="scoring")


@app.callback()
def _options(
    debug: Annotated[
        bool, typer.Option("--debug", help="出错时显示程序调用栈。Show the traceback of an error.")
    ] = False,
) -> None:
    """法治建设绩效考核工具。

    Scores departments on their rule-of-law duties.
    """
    # `main` reads --debug itself: by the time an error arrives, the context is gone.
    del debug


def main() -> None:
    """Run the command line; errors become one message and an exit code."""
    try:
        sys.exit(_called())
    except LawkpiError as error:
        if "--debug" in sys.argv:
            raise
        problems.print(error.message, markup=False, highlight=False, soft_wrap=True)
        sys.exit(2 if isinstance(error, ParamsError | UsageError) else 1)


def _called() -> int:
    """The exit code of what was called.

    Raises
    ------
    UsageError : it was called in a way that makes no sense
    """
    try:
        return int(app(prog_name="lawkpi", standalone_mode=False) or 0)
    except typer.Abort:
        problems.print("已中止。")
        return 1
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            return 2
        if wrong := wrong_use(error):
            raise wrong from error
        raise
