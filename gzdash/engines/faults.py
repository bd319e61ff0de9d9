"""What can go wrong with a question while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gzdash.faults import Fault
from gzdash.words import Text, same

_NARROW = Text("缩短时段或多选几个筛选条件再试。", "Choose a shorter period or narrower filters and try again.")


def too_long(seconds: int) -> Fault:
    """The question ran longer than a reader may hold the machine."""
    return Fault(
        "question-too-long",
        Text("查询超过 {seconds} 秒，已停止。", "The question took over {seconds} seconds and was stopped.").fill(
            seconds=seconds
        ),
        "",
        _NARROW,
    )


def too_much() -> Fault:
    """The question needed more memory than allowed."""
    return Fault(
        "question-too-large",
        Text("查询需要的内存超过上限，已停止。", "The question needed more memory than allowed and was stopped."),
        "GZDASH_MEMORY",
        _NARROW,
    )


def too_busy() -> Fault:
    """So many questions were waiting that this one did not get its turn."""
    return Fault(
        "question-not-reached",
        Text(
            "现在查询的人太多，没有轮到这一次。",
            "Too many readers are asking just now; this question did not get its turn.",
        ),
        "",
        Text("稍等片刻再试，筛选不会丢。", "Wait a moment and try again; your filters are kept."),
    )


def file_damaged(error: Exception) -> Fault:
    """A data file of the snapshot is there but cannot be read; the engine's first line names it."""
    return Fault(
        "lake-file-damaged",
        Text("快照读不完整：一个数据文件损坏。", "The snapshot is incomplete: a data file is damaged."),
        str(error).splitlines()[0],
        Text(
            "从备份恢复该文件，或先看较早的快照；数据没有改动。",
            "Restore that file from a backup, or look at an earlier snapshot; no data was changed.",
        ),
    )


def engine_unknown(setting: str) -> Fault:
    """The setting names no engine; what it says is not repeated, for it may hold a token."""
    return Fault(
        "engine-unknown",
        Text("查询引擎的设置读不懂。", "The setting names no query engine."),
        setting,
        Text(
            "写成 sc://主机:端口，如 sc://127.0.0.1:15002；不设则用本机的 DuckDB。",
            "Write sc://host:port, such as sc://127.0.0.1:15002; without it DuckDB on this machine answers.",
        ),
    )


def packages_missing(names: Sequence[str]) -> Fault:
    """The engine chosen needs packages that are not installed."""
    return Fault(
        "engine-packages-missing",
        Text("用 Spark 查询还缺：{names}。", "Asking through Spark needs packages that are missing: {names}.").fill(
            names=same(", ".join(names))
        ),
        "requirements-spark.txt",
        Text(
            "运行 pip install -r requirements-spark.txt，再启动。",
            "Run pip install -r requirements-spark.txt, then start again.",
        ),
    )


def server_unreachable(address: str) -> Fault:
    """Nothing answers where the Spark Connect server should be."""
    return Fault(
        "engine-unreachable",
        Text("连不上 Spark 服务。", "The Spark server does not answer."),
        address,
        Text(
            "启动服务（本机可用 make spark）或改正 GZDASH_ENGINE；去掉这项设置就由本机的 DuckDB 查询。",
            "Start it (on this machine: make spark) or correct GZDASH_ENGINE; without that setting DuckDB on this machine answers.",
        ),
    )


def server_sees_no_lake(address: str, root: Path) -> Fault:
    """The Spark server looks for the files of the lake under the path they have here, and finds none."""
    return Fault(
        "engine-sees-no-lake",
        Text(
            "Spark 服务 {address} 读不到数据湖的文件。",
            "The Spark server at {address} does not find the files of the lake.",
        ).fill(address=address),
        str(root),
        Text(
            "把数据湖放在各台机器都以同一路径看到的共享目录，再设 GZDASH_LAKE。",
            "Keep the lake in a shared folder that every machine sees under the same path, and set GZDASH_LAKE to it.",
        ),
    )


def java_missing(least: int) -> Fault:
    """Spark runs on Java, and this machine has none or one that is too old."""
    return Fault(
        "java-missing",
        Text("找不到 Java {least} 或更新的版本。", "There is no Java {least} or newer.").fill(least=least),
        "java",
        Text(
            "安装 Java（Debian、Ubuntu：apt-get install default-jre-headless），或用 JAVA_HOME 指定。",
            "Install Java (Debian or Ubuntu: apt-get install default-jre-headless), or name one with JAVA_HOME.",
        ),
    )


def server_failed(address: str) -> Fault:
    """The local Spark server ended, or does not listen, after its time to start."""
    return Fault(
        "spark-not-started",
        Text("Spark 服务没有启动成功。", "The Spark server did not come up."),
        address,
        Text(
            "看上面的输出；端口被占用就换一个：make spark SPARK_PORT=15003。",
            "See what it said above; if the port is taken choose another: make spark SPARK_PORT=15003.",
        ),
    )
