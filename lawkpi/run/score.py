"""From checked ledgers to an assessment; refusals of what must not be scored."""

from __future__ import annotations

from lawkpi.errors import RunError, Severity
from lawkpi.result import Assessment, Inputs, assessed
from lawkpi.run.check import Checked


def scored(checked: Checked) -> Assessment:
    """All departments scored at once.

    Raises
    ------
    RunError RUN_LEDGERS_FAULTY : findings stand in the way of scoring
    RunError RUN_FINAL_PENDING : the final stage while items are pending
    """
    folder = checked.folder
    errors = [one for one in checked.findings if one.severity is Severity.ERROR]
    if errors:
        raise RunError(
            "RUN_LEDGERS_FAULTY",
            f"有 {len(errors)} 处问题须先更正，未计分",
            where=folder.path.name,
            todo="按下列问题更正后重新运行；已报材料未作任何改动",
            findings=errors,
        )
    assessment = assessed(
        Inputs(
            settings=folder.settings,
            register=folder.register,
            rubric=folder.rubric,
            ledgers=checked.ledgers,
            reckoner=folder.reckoner,
            findings=checked.findings,
            files=folder.fingerprints(),
            amendments=checked.amendments,
        )
    )
    if folder.settings.stage == "final":
        _refuse_pending(assessment)
    return assessment


def _refuse_pending(assessment: Assessment) -> None:
    scores, outside = assessment.scores, assessment.adjustments
    pending = [*scores[scores["state"] == "pending"].itertuples()]
    pending += [*outside[outside["kind"] == "pending"].itertuples()]
    if not pending:
        return
    named = list(dict.fromkeys(f"{row.department} 第{row.item}项" for row in pending))
    raise RunError(
        "RUN_FINAL_PENDING",
        f"尚有 {len(named)} 项待核，不能终评",
        expected="终评时没有待核指标",
        where="、".join(named),
        todo="补齐核定数据后重新运行，或以初评、复核阶段运行",
    )
