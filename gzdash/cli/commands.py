"""Every command, declared once: its name, what it does, its arguments, and the function that runs it."""

from __future__ import annotations

from pathlib import Path

from gzdash.cli.command import ASK, IMPORT_ID, WHO, WHY, Argument, Command, at_least_one
from gzdash.words import Text

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command(
            "demo",
            Text("建立演示城市的数据湖", "build the lake of the demonstration city"),
            "lakes:demo",
            (
                Argument(
                    "--scale",
                    Text(
                        "事实重复的倍数，用于试验；大于 1 时不逐份保留导入文件",
                        "how many times facts are repeated, for trials; above 1 the imports keep no workbooks",
                    ),
                    "N",
                    default=1,
                    type=at_least_one,
                ),
                Argument(
                    "--progress",
                    Text("把进度写入文件，供等待的页面读取", "write the progress to a file, for a page that waits"),
                    "FILE",
                    type=Path,
                ),
            ),
            writes=True,
        ),
        Command("init", Text("建立空的正式数据湖", "make an empty real lake"), "lakes:init", writes=True),
        Command(
            "import",
            Text("检查一个文件，整份导入或整份退回", "check a file, then import it or refuse it whole"),
            "lakes:import_",
            (
                Argument(
                    "file",
                    Text(
                        "按模板填写的 .xlsx .xls .csv .tsv，或配 --mapping 的其他表样",
                        ".xlsx .xls .csv or .tsv in our template, or another form with --mapping",
                    ),
                    "FILE",
                ),
                Argument(
                    "--table",
                    Text("导入哪张表；有 --mapping 时以它为准", "the table it is imported to; --mapping names its own"),
                    "TABLE",
                ),
                Argument(
                    "--mapping",
                    Text("把别的表样对应到该表的文件（JSON）", "a file (JSON) that maps another form to the table"),
                    "FILE",
                    type=Path,
                ),
                Argument(
                    "--dry-run",
                    Text("只检查和预览，不写入", "check and preview only; nothing is written"),
                    flag=True,
                ),
                Argument(
                    "--submitted-before",
                    Text("以前报过的怎么办，默认退回", "what to do with what was submitted before, refuse by default"),
                    default="refuse",
                ),
                Argument(
                    "--previewed",
                    Text(
                        "替换前看过的快照编号；之后别人已提交就退回",
                        "snapshot that was looked at before replacing; refused when somebody committed since",
                    ),
                    "EVENT",
                    type=int,
                ),
                WHO,
                WHY,
            ),
            writes=True,
        ),
        Command(
            "match",
            Text("对应一份表样的各列，写成方案文件", "match the columns of a form, and write that as a file"),
            "matching:match",
            (
                Argument(
                    "file",
                    Text("单位自己的表：.xlsx .xls .csv .tsv", "an office's form, .xlsx .xls .csv or .tsv"),
                    "FILE",
                ),
                Argument(
                    "--table",
                    Text("对应到哪张表，默认最接近的", "the table to match it to, the nearest by default"),
                    "TABLE",
                ),
                Argument(
                    "--output",
                    Text("方案写到哪个文件（JSON），不覆盖", "file (JSON) to write it to, never over another"),
                    "FILE",
                    type=Path,
                    short="-o",
                ),
            ),
        ),
        Command(
            "template",
            Text("生成一张表的 Excel 模板", "write the Excel template of a table"),
            "lakes:template_",
            (
                Argument("table", Text("哪张表", "the table"), "TABLE"),
                Argument(
                    "--output",
                    Text("写到哪个文件，默认 <表>.xlsx", "file to write, TABLE.xlsx by default"),
                    "FILE",
                    type=Path,
                    short="-o",
                ),
            ),
        ),
        Command("imports", Text("列出全部导入", "list every import"), "lakes:imports"),
        Command(
            "undo",
            Text("撤销一次导入", "make an import not live"),
            "lakes:undo",
            (IMPORT_ID, WHO, WHY),
            writes=True,
        ),
        Command(
            "redo",
            Text("恢复一次撤销的导入", "put an undone import back"),
            "lakes:redo",
            (IMPORT_ID, WHO, WHY),
            writes=True,
        ),
        Command(
            "sweep",
            Text("清除没有入账的残留文件", "remove files that the ledger does not name"),
            "lakes:sweep",
            writes=True,
        ),
        Command(
            "compact",
            Text("把零碎的数据文件合并成少数几个", "write the rows of many small files into few"),
            "keeping:compact",
            (WHO, WHY),
            writes=True,
        ),
        Command(
            "rollups",
            Text("补齐预汇总并列出；结果不变，查询更快", "make missing rollups and list them: same answers, sooner"),
            "keeping:rollups",
            (Argument("--drop", Text("全部删除", "remove them all"), flag=True),),
            writes=True,
        ),
        Command("metrics", Text("列出全部指标的口径", "list what every metric means"), "questions:metrics"),
        Command(
            "published",
            Text("公开数字与本数据湖对照", "published figures beside what the lake says"),
            "questions:published",
        ),
        Command("ask", Text("查询一个指标", "ask for one metric"), "questions:ask", ASK),
        Command(
            "trace",
            Text("追问一个数字：来自哪些导入、哪些行、哪个单元格", "question a figure: its imports, rows and cells"),
            "tracing:trace_",
            (
                *ASK,
                Argument(
                    "--key",
                    Text("只追问拆分的一格，次序同 --by", "trace one part of the split only, in the order of --by"),
                    "CODE",
                    repeated=True,
                ),
            ),
        ),
        Command(
            "why",
            Text(
                "为什么变了：各部分对同比增减的贡献，正好相加",
                "why it moved: what each part gave to the change, exactly",
            ),
            "explaining:why",
            ASK,
        ),
        Command(
            "restatements",
            Text("自某次变动以来，哪些数变了、由谁改的", "what changed since, by how much, and which imports made it"),
            "restating:restatements_",
            (
                Argument(
                    "--since",
                    Text(
                        "从哪个事件编号或时间算起，默认最新事件之前 30 天",
                        "since which event number or time, by default 30 days before the newest event",
                    ),
                    "EVENT|ISO-TIME",
                ),
                Argument(
                    "--metric",
                    Text("只看这个指标，可重复", "this metric only, may be repeated"),
                    "METRIC",
                    repeated=True,
                ),
                *ASK[2:],
            ),
        ),
        Command(
            "freeze",
            Text("冻结一个时段", "freeze a period as it stands"),
            "restating:freeze",
            (
                Argument("name", Text("名称，例如“半年报”", "its name, such as “half-year report”"), "NAME"),
                Argument("--period", Text("哪个时段", "which months"), "2023-01..2023-06", required=True),
                WHO,
                WHY,
            ),
            writes=True,
        ),
        Command(
            "thaw",
            Text("解冻", "take a freeze back"),
            "restating:thaw",
            (Argument("event", Text("冻结的快照号", "snapshot of the freeze"), "EVENT", type=int), WHO, WHY),
            writes=True,
        ),
        Command("freezes", Text("列出冻结的时段", "list the frozen periods"), "restating:freezes"),
        Command(
            "duplicates",
            Text("列出疑似重复的填报", "list what two organizations may both have reported"),
            "merging:duplicates_",
            ASK[2:],
        ),
        Command(
            "merge",
            Text("决定两条填报是同一件事或不是，用 undo 撤销", "decide that reports are one thing, or not"),
            "merging:merge",
            (
                Argument("kind", Text("哪张表", "the table"), "TABLE"),
                Argument(
                    "--kept",
                    Text("保留的记录，写法见 duplicates", "the report to keep, as `duplicates` writes it"),
                    "REPORT",
                    required=True,
                ),
                Argument(
                    "--dropped",
                    Text("不再计的记录，可重复", "a report that counts no more, may be repeated"),
                    "REPORT",
                    repeated=True,
                    required=True,
                ),
                Argument("--distinct", Text("不是同一件事，都照常计", "they are not the same; all count"), flag=True),
                Argument(
                    "--dry-run",
                    Text("只看各项数字会怎样变，不写入", "show what the figures become; nothing is written"),
                    flag=True,
                ),
                WHO,
                Argument("--why", Text("理由，记入决定", "the reason, kept with the decision"), "TEXT", required=True),
            ),
            writes=True,
        ),
        Command(
            "suspicions",
            Text("列出数据疑点", "list what looks wrong"),
            "suspecting:suspicions_",
            (
                Argument("--kind", Text("只看这一类", "this kind only"), "KIND"),
                Argument("--rows", Text("这一条疑点的各行", "the rows of this finding"), "KEY"),
                *ASK[2:],
            ),
        ),
        Command(
            "dismiss",
            Text("排除一条数据疑点，用 undo 撤销", "take a finding off the list, `undo` puts it back"),
            "suspecting:dismiss_",
            (
                Argument("key", Text("疑点的代号，见 suspicions", "key of the finding, see `suspicions`"), "KEY"),
                WHO,
                Argument("--why", Text("理由，记入排除", "the reason, kept with it"), "TEXT", required=True),
            ),
            writes=True,
        ),
        Command(
            "verify",
            Text(
                "核对一个导出的文件：有没有改过，数字后来有没有变动",
                "check an exported file: was it changed, have its figures been restated",
            ),
            "verifying:verify_",
            (
                Argument(
                    "file",
                    Text(
                        "导出的 .zip、.csv，或只给它的 .passport.json",
                        "a .zip or .csv as exported, or its .passport.json alone",
                    ),
                    "FILE",
                    type=Path,
                ),
                Argument(
                    "--passport",
                    Text(
                        "CSV 的出处文件，默认旁边同名的 .passport.json",
                        "the CSV's passport, the one beside it by default",
                    ),
                    "FILE",
                    type=Path,
                ),
            ),
        ),
        Command(
            "docs",
            Text("重写 docs 里的指标口径和数据字典", "write the metrics and the dictionary in docs anew"),
            "documents:docs",
            writes=True,
        ),
    )
}
