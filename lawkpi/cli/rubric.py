"""`lawkpi rubric`: the rubric as a workbook, there and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawkpi.cli.console import say
from lawkpi.cli.findings import print_findings
from lawkpi.ledger.amendment_register import without_register
from lawkpi.ledger.schema import load_schemas
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.rates import load_rates
from lawkpi.rubric.written import rubric_yaml, write_rubric_yaml
from lawkpi.run.folder import LEDGERS, params_folder
from lawkpi.run.rubric import RUBRIC, RubricFolder, open_rubric
from lawkpi.workbook.names import safe_file_name
from lawkpi.workbook.rubric_form import (
    Around,
    Form,
    load_terms,
    read_rubric_form,
    write_rubric_form,
)

BACKUP = ".bak"
"""Behind the name of the file that was there before."""
rubric = typer.Typer(
    help="考核细则与 Excel 工作簿互相转换。\n\nThe rubric as a workbook, there and back.",
    no_args_is_help=True,
)
Params = Annotated[
    Path | None, typer.Option(help="参数文件夹 params 的位置。Where ledgers/ and terms/ stand.")
]


@rubric.command("to-excel")
def to_excel(
    folder: Annotated[
        Path,
        typer.Argument(help="考核文件夹，或含 rubric.yaml 的文件夹。Assessment or rubric folder."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(help="工作簿的路径，默认为当前文件夹下的“细则名称.xlsx”。Where to write it."),
    ] = None,
    params: Params = None,
) -> None:
    """把考核细则写成 Excel 工作簿，供审阅和修改。

    Write the rubric as a workbook. Exit 1 if something in it must be mended before it can be read back.
    """
    found = open_rubric(folder, params)
    path = output or Path(safe_file_name(found.rubric.title, ".xlsx"))
    illustrative = bool(found.settings and found.settings.illustrative)
    findings = write_rubric_form(Form(found.rubric, _around(found, params), illustrative), path)
    say(f"考核细则工作簿：{path}")
    if findings:
        say("下列单元格须改正后才能读回：")
        print_findings(findings)
        raise typer.Exit(1)


@rubric.command("from-excel")
def from_excel(
    file: Annotated[Path, typer.Argument(help="填好的考核细则工作簿。The filled workbook.")],
    output: Annotated[
        Path, typer.Option(help="考核细则文件的路径。Where to write the rubric.")
    ] = Path(RUBRIC),
    params: Params = None,
) -> None:
    """把填好的工作簿读回为 rubric.yaml；有错的一次列出全部单元格，不写出。

    Read a filled workbook back; every wrong cell is listed at once, and then nothing is written.
    """
    shared = params_folder(params)
    schemas = without_register(load_schemas(shared / LEDGERS))
    around = Around(load_terms(shared), schemas, load_rates(shared / RATES))
    read = read_rubric_form(file, around)
    if output.is_file() and output.read_bytes() != rubric_yaml(read).encode():
        kept = output.with_name(output.name + BACKUP)
        output.replace(kept)
        say(f"原有的文件另存为：{kept}")
    write_rubric_yaml(read, output)
    say(f"考核细则：{output}")
    say("下一步：用 lawkpi lint 检查分值、档次、引用是否一致")


def _around(found: RubricFolder, params: Path | None) -> Around:
    """The words of a rubric's cells: an assessment knows its groups and departments too."""
    around = Around(load_terms(params_folder(params)), found.schemas, found.rates)
    register = found.register
    if register is None:
        return around
    names = {one.code: one.name for one in register.departments}
    return around.called(register.groups, names)
