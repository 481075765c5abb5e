"""Chinese names in pinyin: whether the family name is printed first."""

from __future__ import annotations

import re

_SYLLABLE = (
    "(?:(?:zh|ch|sh|r)(?:a|e|i|u|ai|ei|ao|ou|an|en|ang|eng|ong|ua|uo|uai|ui|uan|un|uang)"
    "|[bpmf](?:a|o|e|i|u|ai|ei|ao|ou|an|en|ang|eng|ie|iao|iu|ian|in|ing)"
    "|[dtnl](?:a|e|i|u|v|ü|ai|ei|ao|ou|an|en|ang|eng|ong|ia|ie|iao|iu|ian|in|iang|ing|uo|ui"
    "|uan|un|ue|üe|ve)"
    "|[gkh](?:a|e|u|ai|ei|ao|ou|an|en|ang|eng|ong|ua|uo|uai|ui|uan|un|uang)"
    "|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)"
    "|[zcs](?:a|e|i|u|ai|ei|ao|ou|an|en|ang|eng|ong|uo|ui|uan|un)"
    "|y(?:a|e|i|o|u|ao|ou|an|in|ang|ing|ong|ue|uan|un)"
    "|w(?:a|o|u|ai|ei|an|en|ang|eng)"
    "|ai|ei|ao|ou|an|en|ang|eng|er|[aoe])"
)
_GIVEN = re.compile(rf"{_SYLLABLE}(?:[-'’]?{_SYLLABLE})?")  # noqa: RUF001

_FREQUENT = frozenset(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song "
    "zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai "
    "jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin "
    "hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan qian yin yi chang wen qiao "
    "lai gong pang zhuang ni geng ruan mo lü lv lyu".split()
)
_OTHERS = frozenset(
    "ai an ao ba ban bao bei bi bian bing bu cang cen cha chai chao che chi chong chu cong dang di "
    "diao dou fei gai gan ge gou guan gui ha hong hua huai huan hui huo ji jian jiao jie jing ju "
    "kan ke kou kuai kuang lan lang lao le lei leng lian ling lou luan mai man mei men "
    "mi miao min ming mou mu nie ning niu nong ou pei pi piao ping pu qi qiang qu quan que ran rao "
    "rong ru rui sa sang sha shan shang she sheng shu shuai si sui suo tai tao teng tie tong tu "
    "weng xi xian xiang xin xing xuan xun ying yong you yue yun zan zang zha zhai zhan zhen zhi "
    "zhuo zong zu zuo".split()
)
_COMPOUND = frozenset(
    "duanmu gongsun huangfu linghu murong ouyang shangguan sima situ xiahou zhuge".split()
)
"""Surnames by frequency; Bo, Dan, Nan and the like, which are given names elsewhere, left out."""


def family_first(first: str, last: str) -> bool:
    """Whether a name of two words begins with a Chinese family name.

    Two syllables behind one are no sign of it: they are a surname in "Kai Hansen", too.

    Args:
        first: Its first word.
        last: Its second.

    Returns:
        Whether the first is a surname and the second reads as a given name. Where both are
        surnames, only a frequent one stands first: "Yi" in "Lei Yi" is more likely one than "Lei".
    """
    family, given = first.lower(), last.lower()
    if given in _COMPOUND or not _GIVEN.fullmatch(given):
        return False
    if family in _OTHERS:
        return given not in _FREQUENT | _OTHERS
    return family in _FREQUENT | _COMPOUND
