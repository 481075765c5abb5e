"""Language models behind one small interface; importing it loads none of them."""

from assistant.models.errors import (
    BadModelName,
    ModelBroke,
    ModelError,
    ModelNotFound,
    ModelNotInstalled,
    ModelOutOfQuota,
    ModelRefusedKey,
    ModelRefusedRequest,
    ModelSaidNothing,
    ModelTimedOut,
    ModelUnreachable,
)
from assistant.models.opening import open_model
from assistant.models.types import ChatModel, Message, ModelInfo

__all__ = [
    "BadModelName",
    "ChatModel",
    "Message",
    "ModelBroke",
    "ModelError",
    "ModelInfo",
    "ModelNotFound",
    "ModelNotInstalled",
    "ModelOutOfQuota",
    "ModelRefusedKey",
    "ModelRefusedRequest",
    "ModelSaidNothing",
    "ModelTimedOut",
    "ModelUnreachable",
    "open_model",
]
