"""Write the adapted model as the service reads it: pooled, of length 1, in whole numbers.

    python export.py ADAPTED OUT

Build time only; see README.md here. OUT gets `model.onnx` and `tokenizer.json`.
"""

import shutil
import sys
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, AutoTokenizer

OPSET = 17


class Pooled(torch.nn.Module):
    """Texts in pieces to one vector of length 1 for each: the mean over its pieces."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return one row for each text."""
        state = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weight = attention_mask.unsqueeze(-1).float()
        return torch.nn.functional.normalize((state * weight).sum(1) / weight.sum(1), dim=1)


def export(adapted: Path, out: Path) -> None:
    """Write the files of the model in `adapted` to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(adapted)
    model = AutoModel.from_pretrained(adapted, attn_implementation="eager").eval()
    read = tokenizer(["a text", "another, longer text"], padding=True, return_tensors="pt")
    whole = out / "whole.onnx"
    torch.onnx.export(
        Pooled(model),
        (read["input_ids"], read["attention_mask"]),
        str(whole),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={
            "input_ids": {0: "texts", 1: "pieces"},
            "attention_mask": {0: "texts", 1: "pieces"},
            "vectors": {0: "texts"},
        },
        opset_version=OPSET,
        dynamo=False,
    )
    quantize_dynamic(whole, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    shutil.copy(adapted / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
