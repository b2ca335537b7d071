"""Fine-tunes an encoder as everybody does it with PyTorch and transformers, and says how it went in one line of JSON:

    python fine_tune.py --model FOLDER --texts FILE.jsonl --seed 42

BertForSequenceClassification (pooler, dropout, one linear layer), the texts cut at 128 tokens, AdamW 2e-5 with decay 0.01
but for biases and layer norm, linear to zero without warm-up, gradient norm at most 1, batches of 16 texts of like length,
two epochs, dev accuracy after each. The test split is predicted by the weights of the better epoch.
"""
import argparse
import contextlib
import json
import os
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from measure import peak_mb, version

EPOCHS, BATCH, MAX_LENGTH, RATE, DECAY, LARGEST_NORM = 2, 16, 128, 2e-5, .01, 1.
LENGTHS = [16, 32, 64, 96, 128]  # that batches are padded to, as ours are
SORTED_TOGETHER = 50  # batches, as ours


def read_texts(path):
    """{split: [(text, 0 or 1)]} and the labels in order."""
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    labels = sorted({row["label"] for row in rows})
    splits = {split: [(row["text"], labels.index(row["label"])) for row in rows if row["split"] == split]
              for split in ("train", "dev", "test")}
    return splits, labels


def tokenized(tokenizer, examples):
    ids = tokenizer([text for text, _ in examples], truncation=True, max_length=MAX_LENGTH)["input_ids"]
    return [(own, label) for own, (_, label) in zip(ids, examples)]


def batch_of(examples):
    """ids and mask (n, L), labels (n); L is the shortest of LENGTHS that holds all."""
    longest = max(len(ids) for ids, _ in examples)
    length = next(length for length in LENGTHS if length >= longest)
    ids = torch.zeros(len(examples), length, dtype=torch.long)
    mask = torch.zeros(len(examples), length, dtype=torch.long)
    for row, (own, _) in enumerate(examples):
        ids[row, :len(own)] = torch.tensor(own)
        mask[row, :len(own)] = 1
    return ids, mask, torch.tensor([label for _, label in examples])


def epoch_batches(examples, random):
    """All examples in a random order, texts of like length together, the batches in a random order again."""
    order = torch.randperm(len(examples), generator=random).tolist()
    batches = []
    for first in range(0, len(order), BATCH * SORTED_TOGETHER):
        some = sorted(order[first:first + BATCH * SORTED_TOGETHER], key=lambda i: -len(examples[i][0]))
        batches += [some[start:start + BATCH] for start in range(0, len(some), BATCH)]
    return [[examples[i] for i in batches[place]] for place in torch.randperm(len(batches), generator=random)]


def optimizer_of(model, fused=None):
    """AdamW that shrinks neither biases nor layer norms."""
    named = list(model.named_parameters())
    shrinks = lambda name: not name.endswith("bias") and "LayerNorm" not in name
    groups = [{"params": [p for name, p in named if shrinks(name)], "weight_decay": DECAY},
              {"params": [p for name, p in named if not shrinks(name)], "weight_decay": 0.}]
    return torch.optim.AdamW(groups, lr=RATE, fused=fused)


def step(model, optimizer, ids, mask, labels, products=contextlib.nullcontext):
    """`products`: makes the context that the forward pass runs in."""
    optimizer.zero_grad()
    with products():
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), LARGEST_NORM)
    optimizer.step()
    return loss.item()


@torch.no_grad()
def measure(model, examples):
    """Accuracy and mean cross-entropy."""
    model.eval()
    hits, loss = 0, 0.
    ordered = sorted(examples, key=lambda example: -len(example[0]))
    for start in range(0, len(ordered), 32):
        ids, mask, labels = batch_of(ordered[start:start + 32])
        logits = model(input_ids=ids, attention_mask=mask).logits
        hits += (logits.argmax(-1) == labels).sum().item()
        loss += torch.nn.functional.cross_entropy(logits, labels, reduction="sum").item()
    model.train()
    return hits / len(examples), loss / len(examples)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--texts", required=True)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    began = time.perf_counter()
    torch.manual_seed(asked.seed)  # of the new layer and of dropout
    random = torch.Generator().manual_seed(asked.seed)
    splits, labels = read_texts(asked.texts)
    tokenizer = AutoTokenizer.from_pretrained(asked.model)
    train, dev, test = (tokenized(tokenizer, splits[split]) for split in ("train", "dev", "test"))
    model = AutoModelForSequenceClassification.from_pretrained(asked.model, num_labels=len(labels)).train()
    optimizer = optimizer_of(model)
    steps = EPOCHS * -(-len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda done: 1 - done / steps)
    training_s, losses, dev_accuracies, best = 0., [], [], None
    for epoch in range(EPOCHS):
        for examples in epoch_batches(train, random):
            start = time.perf_counter()
            losses.append(step(model, optimizer, *batch_of(examples)))
            schedule.step()
            training_s += time.perf_counter() - start
        accuracy, loss = measure(model, dev)
        dev_accuracies.append(accuracy)
        print(f"epoch {epoch + 1}: dev accuracy {accuracy:.4f}, loss {loss:.4f}, {training_s:.0f} s", flush=True)
        if best is None or accuracy > best[0]:
            best = accuracy, {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(best[1])
    test_accuracy, test_loss = measure(model, test)
    print(json.dumps({"seed": asked.seed, "dev": best[0], "devAfterEpochs": dev_accuracies, "test": test_accuracy,
                      "testLoss": test_loss, "lastLoss": sum(losses[-50:]) / 50, "steps": steps,
                      "trainingSeconds": training_s, "wholeSeconds": time.perf_counter() - began, "peakMb": peak_mb(),
                      "parameters": sum(p.numel() for p in model.parameters()), "threads": torch.get_num_threads(),
                      "versions": {name: version(name) for name in ("torch", "transformers")}}))


if __name__ == "__main__":
    main()
