import re
from pathlib import Path

import pytest
import yaml

from drugcontrol.channel.messages import values
from drugcontrol.channel.messages.codes import code_list, code_list_paths
from drugcontrol.law.rows import LANGUAGES
from drugcontrol.report import words

LISTS = [path.stem for path in code_list_paths()]


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_label_in_each_language(name: str) -> None:
    for code, labels in code_list(name).items():
        assert re.fullmatch(r"[A-Za-z0-9_{}-]+", code)
        for language in LANGUAGES:
            assert labels.label(language).strip() == labels.label(language) != "", (name, code, language)


@pytest.mark.parametrize("name", LISTS)
def test_no_two_codes_of_a_list_read_the_same(name: str) -> None:
    for language in LANGUAGES:
        labels = [code.label(language) for code in code_list(name).values()]
        assert len(labels) == len(set(labels)), (name, language)


@pytest.mark.parametrize("name", LISTS)
def test_chinese_labels_are_chinese(name: str) -> None:
    own_names = {"PICS", "IONICS"}
    for code, labels in code_list(name).items():
        assert labels.zh in own_names or re.search(r"[\u4e00-\u9fff]", labels.zh), (name, code)


def test_every_list_is_used_and_every_used_list_is_there() -> None:
    source = Path(values.__file__).read_text(encoding="utf-8")
    fields = set(re.findall(r'_code\("([^"]+)"\)', source)) | {"parameter"}
    of_the_law = {name for name in LISTS if name.startswith("law-") and name != "law-role"}
    assert fields | of_the_law == set(LISTS)


def test_parameters_that_questions_need_are_in_the_list_of_parameters() -> None:
    needed = {name for code in code_list("question").values() for name in code.needs}
    assert needed <= set(code_list("parameter"))


def test_every_open_question_of_the_law_engine_has_a_label() -> None:
    wording = yaml.safe_load((Path(words.__file__).parent / "wording" / "en.yaml").read_text(encoding="utf-8"))
    answers = {"named", "named_for_destination", "by_wording", "moved", "pending"}
    answers |= {"class", "class_by_ruling", "class_displaced"}
    assert set(code_list("law-question")) == set(wording["reason"]) - answers
