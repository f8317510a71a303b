"""Makes the documents that are made from params/ and the models: `make pages`.

docs/counting-rules.zh-CN.md lists every named rate with its switches; made from params/rates/, it
cannot say anything else than what is counted. docs/rubric-language.md is made by docs/rubric_language.
A test compares the pages with what would be made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from lawkpi.ledger.schema import load_schemas
from lawkpi.params import cited
from lawkpi.rubric.rates import NamedRate, Rates, Switch, load_rates

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.rubric_language import PAGE, language_page  # noqa: E402 - a script finds only its own folder

PARAMS = ROOT / "params"
COUNTING_RULES = ROOT / "docs" / "counting-rules.zh-CN.md"

HEAD = """\
# 比率和口径

本页由 `params/rates/` 生成，不要手工改动；改口径请改参数文件，再运行 `make pages`。

同一个名称的比率，各地报告的算法不同：同一年、同一批案件，败诉率可以相差两倍以上。所以这里的每一个口径都没有默认值，
用到哪个比率，就要在考核细则里逐个写明；写明的口径印在每一个数字旁边。写法：

```yaml
measure:
  named_rate:
    rate: court_appearance_rate
    counting_rule: {base: open_hearings, excused: leave_out, officials: dated, carried_in: include}
    empty: not_applicable
```

只统计一年中的一段时间的，加 `window: {from: "2022-05-01", to: "2022-12-31"}`，统计期间随口径一并印出。
分析人员用 `lawkpi.open(文件夹).check().rates.table("court_appearance_rate")` 把同一批记录按每一种口径各算一遍。
"""
_BETTER = {"higher": "越高越好", "lower": "越低越好"}


def rates_page(rates: Rates, titles: dict[str, str]) -> str:
    """The page as Markdown.

    Parameters
    ----------
    titles : the title of each ledger by id
    """
    parts = [HEAD]
    for rate in sorted(rates.by_id.values(), key=lambda one: one.id):
        parts.append("\n".join(_rate(rate, titles)))
    return "\n".join(parts)


def _rate(rate: NamedRate, titles: dict[str, str]) -> Iterator[str]:
    yield f"## {rate.title}（`{rate.id}`）"
    yield ""
    kind = "只作统计，可能超过100%，不能计分" if rate.apart else _BETTER[rate.better]
    basis = f"依据：{cited(rate.basis, with_notes=True)}。" if rate.basis else ""
    yield f"台账：《{titles[rate.ledger]}》；单位：{rate.unit}；{kind}。{basis}"
    if rate.note:
        yield f"{rate.note}。"
    if rate.switches:
        yield ""
        yield "| 口径 | 写法 | 意思 |"
        yield "|---|---|---|"
        for name, switch in rate.switches.items():
            yield from _switch(name, switch)
    yield ""


def _switch(name: str, switch: Switch) -> Iterator[str]:
    for key, option in switch.options.items():
        yield f"| {switch.title} | `{name}: {key}` | {option.title} |"


def pages() -> dict[Path, str]:
    """Every made page: its path and its text."""
    titles = {name: schema.title for name, schema in load_schemas(PARAMS / "ledgers").items()}
    rates = rates_page(load_rates(PARAMS / "rates"), titles)
    return {COUNTING_RULES: rates, PAGE: language_page()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
