"""Invented names and codes of organizations: every name begins with 示例, every code has a valid check digit."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from gzdash.demo.exact import Ints, Objects, Random, objects
from gzdash.reference import code_list

MARK = "示例"

_TOPICS = (
    "智能网联 汽车零部件 新能源汽车 汽车后市场",
    "新材料 石油化工 涂料 高分子材料",
    "装备制造 机器人 数控机床 模具 工业自动化",
    "新型显示 超高清视频 视听设备 光电",
    "软件 信息服务 信创 数字经济 网络安全",
    "人工智能 智能算力 语音技术 大数据",
    "半导体 集成电路 电子元器件 电子制造",
    "生物医药 医疗器械 体外诊断 中药 医用材料",
    "新能源 储能 光伏 氢能",
    "节能环保 生态修复 循环经济 水处理",
    "轨道交通 轨道装备 智慧地铁",
    "批发 零售 餐饮 酒店 商贸流通",
    "会展 展览服务 会议服务",
    "金融 融资担保 保险 供应链金融",
    "文化创意 动漫 设计 数字出版",
    "时装 珠宝 皮具 化妆品",
    "健康管理 康复医学 护理 口腔健康",
    "都市农业 花卉 水产 农产品流通",
    "体育产业 健身 户外运动 足球",
    "建筑 规划设计 装饰 建筑材料",
    "检验检测 认证 计量",
    "养老服务 社区治理 青少年发展 志愿服务 助残 家庭教育 心理健康 书法 摄影 登山 校友联谊 非遗传承 职业技能 "
    "禁毒宣传 法律援助 社区营造 儿童关爱 公益传播 就业帮扶 乡村发展 阅读推广 历史研究 音乐 舞蹈 棋类 环境教育",
)
_FOUNDATION_TOPICS = "助学 教育发展 医疗救助 乡村发展 儿童关爱 敬老 社区发展 非遗传承 环境保护 科技创新"
_PLACES = (
    "花城 木棉 云山 珠水 羊城 南粤 红棉 白鹅 五羊 流花 东濠 西关 沙面 麓湖 帽峰 凤凰山 大沙 新港 琶洲 会江 万山 "
    "南岭 北园 东山 海心 榕荫 荔湾涌 石牌 芳草 金沙 银河 天鹿 同和 长兴 紫荆 春晖 和风 星海 明珠 朝阳"
)
_KINDS = {
    "51": "协会 商会 促进会 联合会 行业协会 学会 研究会",
    "52": "服务中心 发展中心 促进中心 培训中心 交流中心 研究院",
    "53": "基金会 公益基金会 慈善基金会",
}

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array((1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28))
_VALUE = np.full(128, -1)
_VALUE[[ord(character) for character in _ALPHABET]] = np.arange(len(_ALPHABET))


def invented_names(rng: Random, types: Objects, chains: Ints, districts: Objects) -> Objects:
    """A unique name for each organization that fits its type, chain and district."""
    names = objects([None] * len(types))
    district_names = {entry.code: entry.name.zh.removesuffix("区") for entry in code_list("district").entries}
    keys = types.astype(str) + chains.astype(str)
    for key in np.unique(keys):
        places = np.flatnonzero(keys == key)
        names[places] = _names(rng, str(types[places[0]]), int(chains[places[0]]), len(places))
    # A third of them carry their district; the other word of the name keeps them apart.
    local = np.flatnonzero(rng.random(len(names)) < 1 / 3)
    for place in local:
        names[place] = MARK + district_names[districts[place]] + names[place].removeprefix(MARK)
    return names


def _names(rng: Random, kind: str, chain: int, count: int) -> list[str]:
    topics = _FOUNDATION_TOPICS if kind == "53" else _TOPICS[chain]
    words = itertools.product(_PLACES.split(), topics.split(), _KINDS[kind].split())
    every = [MARK + "".join(parts) for parts in words]
    if count > len(every):
        raise ValueError(f"{count} organizations of one kind need more words than {len(every)}")
    return [every[place] for place in rng.permutation(len(every))[:count]]


def credit_codes(rng: Random, types: Objects, districts: Objects) -> Objects:
    """18-character codes of type, region and an invented body (DEM and five digits), with both check digits."""
    serials = rng.permutation(100_000)[: len(types)]
    bodies = [f"DEM{serial:05d}" for serial in serials]
    heads = [
        kind + district + body + check
        for kind, district, body, check in zip(types, districts, bodies, _body_checks(bodies), strict=True)
    ]
    values = _VALUE[_characters(heads)]
    checks = (31 - values @ _WEIGHTS % 31) % 31
    return objects([head + _ALPHABET[check] for head, check in zip(heads, checks, strict=True)])


def _body_checks(bodies: list[str]) -> list[str]:
    """The ninth character of the organization's own code, GB 11714: modulo 11, letters counting from A = 10."""
    codes = _characters(bodies)
    values = np.where(codes < ord("A"), codes - ord("0"), codes - ord("A") + 10)
    checks = (11 - values @ np.array((3, 7, 9, 10, 5, 8, 4, 2)) % 11) % 11
    return ["X" if check == 10 else str(check) for check in checks]


def _characters(texts: list[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("".join(texts).encode("ascii"), np.uint8).reshape(len(texts), -1)
