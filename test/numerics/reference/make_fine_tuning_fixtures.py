"""Writes fine-tuning.json and fine-tuned.safetensors beside each tiny encoder of ../fixtures/encoders: some steps of
fine-tuning by PyTorch and transformers in float64, with what Devlin 2019 fine-tunes by and no dropout.

    pip install torch transformers safetensors
    python make_fine_tuning_fixtures.py

AdamW that shrinks neither biases nor layer norms, rate falling to zero in a line from the first step on, gradient norm at
most `limit`, loss: mean cross-entropy of the batch, of which the last of an epoch is smaller. The batches are those that
our seed 7 draws; the test says so if they ever change: take `batches` from its message. Target of text i: i modulo the
number of classes. Run after make_encoder_fixtures.py. Last run with torch 2.15.0 and transformers 5.24.0.
"""

import json

import torch
from safetensors.torch import save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from make_encoder_fixtures import FOLDER, MAX_LENGTH, TEXTS

RATE, DECAY, LIMIT = 0.004, 0.2, 1.0
BATCHES = {  # the texts of each step: three epochs of a batch of four and a batch of two
    "bert": [[2, 5, 0, 1], [4, 3], [2, 5, 0, 1], [4, 3], [4, 3], [2, 5, 0, 1]],
    "distilbert": [[2, 5, 0, 1], [4, 3], [2, 5, 0, 1], [4, 3], [4, 3], [2, 5, 0, 1]],
    "roberta": [[2, 5, 4, 0], [1, 3], [2, 5, 4, 0], [1, 3], [1, 3], [2, 5, 4, 0]],
}


def optimizer_of(model):
    shift_or_scale = [p for m in model.modules() if isinstance(m, torch.nn.LayerNorm) for p in m.parameters()]
    shift_or_scale += [p for name, p in model.named_parameters() if name.endswith(".bias")]
    kept = {id(p) for p in shift_or_scale}
    groups = [
        {"params": [p for p in model.parameters() if id(p) not in kept], "weight_decay": DECAY},
        {"params": [p for p in model.parameters() if id(p) in kept], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=RATE)


def write(family):
    folder, batches = FOLDER / family, BATCHES[family]
    without_dropout = {name: 0.0 for name in (
        ("dropout", "attention_dropout", "seq_classif_dropout") if family == "distilbert"
        else ("hidden_dropout_prob", "attention_probs_dropout_prob")
    )}
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32, **without_dropout)
    model.double().train()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    optimizer = optimizer_of(model)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda done: 1 - done / len(batches))
    losses, norms = [], []
    for batch in batches:
        texts = tokenizer(
            [TEXTS[i] for i in batch], truncation=True, max_length=MAX_LENGTH, padding=True, return_tensors="pt"
        )
        labels = torch.tensor(batch) % model.config.num_labels
        optimizer.zero_grad()
        loss = model(input_ids=texts["input_ids"], attention_mask=texts["attention_mask"], labels=labels).loss
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), LIMIT).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    save_file({name: p.detach().float().contiguous() for name, p in model.named_parameters()},
              folder / "fine-tuned.safetensors")
    steps = {"rate": RATE, "weightDecay": DECAY, "limit": LIMIT, "batches": batches, "losses": losses, "norms": norms}
    (folder / "fine-tuning.json").write_text(json.dumps(steps) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in BATCHES:
        write(name)
