"""From a name to a model: what is understood, what is refused, and with which words."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import Any

import pytest

from assistant.models import (
    BadModelName,
    ModelError,
    ModelNotInstalled,
    ModelRefusedKey,
    open_model,
)
from assistant.models.names import FORMS, PROVIDERS
from tests.assistant.models.conftest import asked, opened
from tests.assistant.models.provider import REPLY, FakeProvider
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "models.md"
BLOCKED = """
import sys
sys.modules.update(dict.fromkeys(sys.argv[1].split(",")))
from assistant.models import ModelNotInstalled, open_model
try:
    open_model(sys.argv[2])
except ModelNotInstalled as error:
    print(error)
"""


@pytest.mark.parametrize(
    "name",
    ["gpt-4o", "openai:", "openai: ", ":x", "azure:x", "OPENAI:x", "none:x", "auto:x", "quote"],
)
def test_a_bad_name_is_answered_with_the_forms(name: str) -> None:
    with pytest.raises(BadModelName) as raised:
        open_model(name)
    assert repr(name.strip()) in str(raised.value)
    assert FORMS in str(raised.value)


def test_the_forms_name_every_provider() -> None:
    for provider in PROVIDERS:
        assert f"    {provider}:" in FORMS


def test_none_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_model("none") is None
    monkeypatch.setenv("GOVASSIST_MODEL", "none")
    assert open_model() is None


def test_the_environment_names_the_model(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVASSIST_MODEL", "openai:small")
    monkeypatch.setenv("GOVASSIST_BASE_URL", f"{provider.url}/")
    monkeypatch.setenv("GOVASSIST_WINDOW", "3000")
    model = open_model()
    assert model is not None
    assert (model.info.name, model.info.window) == ("openai:small", 3000)
    assert (model.info.where, model.info.hosted) == ("this machine", False)
    assert asked(model).strip() == REPLY
    model.close()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"window": 100}, "at least 512"),
        ({"window": 0}, "The window is 0"),
        ({"timeout": 0.0}, "number of seconds above 0"),
        ({"timeout": float("nan")}, "number of seconds above 0"),
        ({"base_url": "localhost:8080"}, "is not the address of a server"),
        ({"base_url": "file:///etc/passwd"}, "is not the address of a server"),
        ({"base_url": "http://me:hidden@:99999"}, "is not the address of a server"),
    ],
)
def test_a_bad_option_is_refused(options: dict[str, Any], told: str) -> None:
    with pytest.raises(BadModelName, match=told) as raised:
        open_model("openai:x", **options)
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize("name", ["GOVASSIST_WINDOW", "GOVASSIST_TIMEOUT"])
def test_a_bad_setting_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "much")
    with pytest.raises(BadModelName, match="'much'"):
        open_model("none")


@pytest.mark.parametrize(
    ("name", "key"), [("openai:gpt-4o", "OPENAI_API_KEY"), ("openai:x", "OPENAI_API_KEY")]
)
def test_a_hosted_provider_needs_a_key(name: str, key: str) -> None:
    with pytest.raises(ModelRefusedKey, match=key):
        open_model(name)


def test_a_hosted_model_says_where_text_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nothing-that-is-ever-sent")
    model = opened("openai:gpt-4o")
    assert (model.info.where, model.info.hosted) == ("api.openai.com", True)
    assert model.info.window == 128_000
    assert model.count_tokens("Rules are made by those who keep them.") == 9
    model.close()


@pytest.mark.parametrize(
    ("address", "where", "hosted"),
    [
        ("http://localhost:1/v1", "this machine", False),
        ("http://[::1]:1/v1", "this machine", False),
        ("http://127.0.0.9:1/v1", "this machine", False),
        ("http://localhost.example.org:1/v1", "localhost.example.org:1", True),
        ("http://10.0.0.7:8000/v1", "10.0.0.7:8000", True),
        ("https://me:secret@models.example.org/v1", "models.example.org", True),
    ],
)
def test_text_leaves_this_machine_where_the_address_is_another(
    address: str, where: str, hosted: bool
) -> None:
    model = opened("openai:x", base_url=address, window=4000)
    assert (model.info.where, model.info.hosted) == (where, hosted)
    model.close()


@pytest.mark.parametrize(
    ("setting", "sent"),
    [("GOVASSIST_BASE_URL", "Bearer none"), ("OPENAI_BASE_URL", "Bearer sk-of-openai")],
)
def test_the_key_of_openai_goes_only_where_it_was_meant_to(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch, setting: str, sent: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    monkeypatch.setenv(setting, provider.url)
    model = opened("openai:tiny")
    asked(model)
    headers = {name.lower(): value for name, value in provider.requests[0].headers.items()}
    assert headers["authorization"] == sent
    model.close()


@pytest.mark.parametrize(
    ("told", "window"),
    [
        ({"data": [{"id": "tiny", "meta": {"n_ctx": 3072, "n_ctx_train": 8192}}]}, 3072),
        ({"data": [{"id": "tiny", "max_model_len": 5000}, {"id": "x", "max_model_len": 1}]}, 5000),
        ({"data": [{"id": "other", "context_length": 6000}]}, 6000),
        ({"data": [{"id": "a", "context_length": 1}, {"id": "b", "context_length": 2}]}, 4096),
        ({"data": [{"id": "tiny", "max_model_len": "many"}]}, 4096),
        ({"data": "none"}, 4096),
        ({}, 4096),
    ],
)
def test_a_server_is_asked_for_its_window(
    provider: FakeProvider, told: dict[str, Any], window: int
) -> None:
    provider.details["/v1/models"] = told
    model = opened("openai:tiny", base_url=provider.url)
    assert model.info.window == window
    model.close()


def test_lm_studio_tells_its_window_elsewhere(provider: FakeProvider) -> None:
    entry = {"id": "tiny", "loaded_context_length": 4321, "max_context_length": 131_072}
    provider.details["/api/v0/models"] = {"data": [entry]}
    model = opened("openai:tiny", base_url=provider.url)
    assert model.info.window == 4321
    model.close()


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("openai:x", "langchain_openai", "openai"),
        ("ollama:x", "langchain_ollama", "ollama"),
        ("anthropic:x", "langchain_anthropic", "anthropic"),
        ("google_genai:x", "langchain_google_genai", "google"),
        ("mistralai:x", "langchain_mistralai", "mistral"),
        ("gguf:x", "xllamacpp", "gguf"),
        ("openai:x", "langchain", "openai"),
    ],
)
def test_a_missing_package_is_answered_with_the_command(
    name: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelNotInstalled) as raised:
        open_model(name)
    assert package in str(raised.value)
    assert f'pip install "governance-assistant[{extra}]"' in str(raised.value)


def test_without_any_of_the_packages_there_are_quotes() -> None:
    """In a process of its own, where none has been imported before."""
    packages = "langchain,langchain_core,langchain_openai,langchain_ollama,xllamacpp,httpx,httpx2"
    for name, told in (("auto", ""), ("none", ""), ("openai:x", "[openai]")):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", BLOCKED, packages, name],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert told in done.stdout


def test_the_documented_example_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    exec(compile(code, str(DOCUMENT), "exec"), {})


def test_the_document_names_all_providers_and_errors() -> None:
    document = DOCUMENT.read_text("utf-8")
    for provider in PROVIDERS.values():
        assert f"`{provider.id}:" in document
        assert f"`[{provider.extra}]`" in document
    for kind in ModelError.__subclasses__():
        assert f"`{kind.__name__}`" in document


def test_nobody_to_find_costs_no_time() -> None:
    began = time.monotonic()
    assert open_model("auto") is None
    assert time.monotonic() - began < 0.6
