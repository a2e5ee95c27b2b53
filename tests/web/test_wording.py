"""What the pages say, in every language: nothing missing, nothing behind the English text, nothing unused."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from drugcontrol.web.wording import DIRECTORY, groups

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "src/drugcontrol/web").rglob("*.py"), *(ROOT / "src/drugcontrol/web/templates").glob("*.html")]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wording", ROOT / "tools/wording.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("group", sorted(groups()))
def test_every_text_is_there_in_three_languages_with_the_same_placeholders(group: str) -> None:
    for key, text in groups()[group].items():
        assert list(text) == ["en", "es", "zh"], key
        for language in ("es", "zh"):
            assert text[language].strip(), f"{key}: {language}"
            assert sorted(re.findall(r"{\w+}", text[language])) == sorted(re.findall(r"{\w+}", text["en"])), key


@pytest.mark.parametrize("group", sorted(groups()))
def test_no_translation_is_behind_its_english_text(group: str) -> None:
    reviewed = json.loads((Path(__file__).parent / f"reviewed/{group}.json").read_text(encoding="utf-8"))
    now = tool().digests(DIRECTORY / f"{group}.yaml")
    behind = {key for key in now.keys() | reviewed.keys() if now.get(key) != reviewed.get(key)}
    assert not behind, f"compare es and zh with the new English text, then: python tools/wording.py {group}"


def test_no_page_text_was_left_in_english() -> None:
    alike = {
        f"{group}.{key}"
        for group, texts in groups().items()
        for key, text in texts.items()
        if len(text["en"]) > 3 and text["en"] in (text["es"], text["zh"])
    }
    assert alike <= {"site.program"}


def test_every_text_is_used() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    for group, texts in groups().items():
        made = set(re.findall(rf'"{group}", "(\w+_)" ~', written)) | set(re.findall(rf'"{group}", f"(\w+_){{', written))
        for key in texts:
            named = f'"{key}"' in written or any(key.startswith(prefix) for prefix in made)
            assert named or group == "problem", f"{group}.{key}"


def test_no_text_of_the_pages_hides_one_of_the_answers() -> None:
    import yaml

    wording = yaml.safe_load((ROOT / "src/drugcontrol/report/wording/en.yaml").read_text(encoding="utf-8"))
    assert groups().keys().isdisjoint(wording)


def test_every_code_of_an_error_that_a_form_can_meet_has_words() -> None:
    modules = (
        *("check/identify.py", "check/question.py", "dates.py", "law/model.py", "check/compare.py", "law/rules.py"),
        *("situation/model.py", "situation/measures.py", "situation/claims/load.py", "report/chart.py"),
        *("web/situation.py", "web/pages/verify.py", "web/pages/measures.py", "web/pages/law_changes.py"),
    )
    written = "\n".join((ROOT / "src/drugcontrol" / name).read_text(encoding="utf-8") for name in modules)
    codes = set(re.findall(r'code="(\w+)"', written)) | {"unknown_name", "ambiguous_name", "unreadable_structure"}
    assert not codes - groups()["problem"].keys()
