"""What a model may be called, and what each provider needs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from assistant.models.errors import BadModelName, ModelNotInstalled, ModelRefusedKey

FORMS = """\
    auto                  an Ollama on this machine if one answers, else quotes
    none                  quotes, without a language model
    ollama:NAME           a model of Ollama
    openai:NAME           OpenAI, or any compatible server at GOVASSIST_BASE_URL
    anthropic:NAME        Anthropic
    google_genai:NAME     Google
    mistralai:NAME        Mistral
    gguf:/path/file.gguf  a model file, run by llama.cpp on this machine"""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who runs a model.

    ``extra`` is the extra that installs ``packages``, which are named as they are
    imported. ``keys`` are the environment variables that may hold the key, in order;
    ``address`` and ``addresses`` are where it is by itself and the variables that
    may say otherwise.
    """

    id: str
    title: str
    extra: str
    packages: tuple[str, ...]
    keys: tuple[str, ...] = ()
    address: str = ""
    addresses: tuple[str, ...] = ()

    def check_installed(self) -> None:
        """Check that the packages are there, without importing them.

        Raises:
            ModelNotInstalled: One is missing; the message has the command that installs it.
        """
        missing = [package for package in self.packages if find_spec(package) is None]
        if missing:
            raise ModelNotInstalled(
                f"For {self.title}, {' and '.join(missing)} must be installed: "
                f'pip install "governance-assistant[{self.extra}]"'
            )

    def key(self) -> str:
        """The key that the environment holds.

        Returns:
            It.

        Raises:
            ModelRefusedKey: There is none.
        """
        for name in self.keys:
            if key := os.environ.get(name, "").strip():
                return key
        raise ModelRefusedKey(
            f"There is no key for {self.title}. Put it into the environment variable "
            f"{self.keys[0]}, or choose another model with GOVASSIST_MODEL."
        )


PROVIDERS = {
    provider.id: provider
    for provider in (
        Provider(
            "openai",
            "OpenAI and compatible servers",
            "openai",
            ("langchain", "langchain_openai"),
            ("OPENAI_API_KEY",),
            "https://api.openai.com/v1",
            ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
        ),
        Provider(
            "ollama",
            "Ollama",
            "ollama",
            ("langchain", "langchain_ollama"),
            address="http://127.0.0.1:11434",
        ),
        Provider(
            "anthropic",
            "Anthropic",
            "anthropic",
            ("langchain", "langchain_anthropic"),
            ("ANTHROPIC_API_KEY",),
            "https://api.anthropic.com",
            ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"),
        ),
        Provider(
            "google_genai",
            "Google",
            "google",
            ("langchain", "langchain_google_genai"),
            ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
            "https://generativelanguage.googleapis.com",
        ),
        Provider(
            "mistralai",
            "Mistral",
            "mistral",
            ("langchain", "langchain_mistralai"),
            ("MISTRAL_API_KEY",),
            "https://api.mistral.ai/v1",
        ),
        Provider("gguf", "a model file", "gguf", ("httpx", "xllamacpp")),
    )
}


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model's full name, taken apart."""

    provider: Provider
    model: str

    def __str__(self) -> str:
        return f"{self.provider.id}:{self.model}"


def parsed(name: str) -> ModelName | Literal["auto", "none"]:
    """Take a model's name apart.

    Args:
        name: One of the forms that `FORMS` lists.

    Returns:
        The provider and its model, or ``auto`` or ``none`` as they are.

    Raises:
        BadModelName: It has another form.
    """
    name = name.strip()
    match name:
        case "auto" | "none":
            return name
    provider, _, model = name.partition(":")
    if provider not in PROVIDERS or not model.strip():
        raise BadModelName(f"No model can be called {name!r}. There are:\n{FORMS}")
    return ModelName(PROVIDERS[provider], model.strip())
