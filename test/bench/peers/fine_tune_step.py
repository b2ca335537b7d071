"""Workload `fine-tune`: steps of fine-tuning an encoder of MiniLM's size (random weights) on 16 texts, as fine_tune.py
takes them: AdamW 2e-5, dropout 0.1, gradient norm at most 1.

    python fine_tune_step.py --variant fused --tokens 64

eager: as it comes. fused: AdamW in one kernel. compile: that, and the model through torch.compile. bf16: fused, and products
by autocast in bfloat16. compile_bf16: all of it.
"""
import argparse
import contextlib
import os

import numpy as np

os.environ.setdefault("TORCHINDUCTOR_FORCE_DISABLE_CACHES", "1")  # the first call shows a cold compile
os.environ.setdefault("HF_HUB_OFFLINE", "1")
import torch
from transformers import BertConfig, BertForSequenceClassification

from fine_tune import BATCH, optimizer_of, step
from measure import serve

rng = np.random.RandomState(0)


def batch(config, tokens):
    """ids, mask (16, L) and labels (16) of texts that fill more than three quarters of L, one of them all of it."""
    lengths = tokens - rng.randint(0, tokens // 4, BATCH)
    lengths[0] = tokens
    mask = np.arange(tokens) < lengths[:, None]
    ids = np.where(mask, rng.randint(0, config.vocab_size, (BATCH, tokens)), config.pad_token_id)
    return [torch.from_numpy(a.astype("int64")) for a in (ids, mask, np.arange(BATCH) % 2)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", required=True, choices=["eager", "fused", "compile", "bf16", "compile_bf16"])
    parser.add_argument("--tokens", type=int, required=True)
    asked = parser.parse_args()
    config = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
    model = BertForSequenceClassification(config).train()
    optimizer = optimizer_of(model, fused=None if asked.variant == "eager" else True)
    forward = torch.compile(model) if "compile" in asked.variant else model
    products = lambda: torch.autocast("cpu", torch.bfloat16) if "bf16" in asked.variant else contextlib.nullcontext()
    serve(lambda: [step(forward, optimizer, *batch(config, asked.tokens), products)],
          sum(p.numel() for p in model.parameters()), ["numpy", "torch", "transformers"])
