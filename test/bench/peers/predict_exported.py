"""Lets transformers predict with a folder that Innerloop exported, and compares with what Innerloop predicted itself:

    innerloop export RUN --format huggingface --to FOLDER
    innerloop predict RUN --file TEXTS.txt --json > PREDICTIONS.json
    python predict_exported.py --model FOLDER --predictions PREDICTIONS.json

Ends with 1 when the classes of a text differ.
"""
import argparse
import json
import os
import sys

os.environ.setdefault("HF_HUB_OFFLINE", "1")
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from measure import version


@torch.no_grad()
def probabilities_of(folder, texts, max_length):
    """(labels in the model's order, probabilities (texts, labels))."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    settings = {"truncation": True, "max_length": max_length, "padding": True, "return_tensors": "pt"}
    rows = [model(**tokenizer(texts[i:i + 32], **settings)).logits.softmax(-1) for i in range(0, len(texts), 32)]
    return [model.config.id2label[i] for i in range(model.config.num_labels)], torch.cat(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--predictions", required=True)
    parser.add_argument("--max-length", type=int, default=128)
    asked = parser.parse_args()
    with open(asked.predictions, encoding="utf-8") as file:
        said = json.load(file)["predictions"]
    labels, theirs = probabilities_of(asked.model, [each["text"] for each in said], asked.max_length)
    ours = torch.tensor([[each["probabilities"][label] for label in labels] for each in said])
    same = sum(labels[row.argmax()] == each["label"] for row, each in zip(theirs, said))
    print(f"transformers {version('transformers')} predicts the same class as Innerloop for {same} of {len(said)} texts; "
          f"largest difference of a probability {(ours - theirs).abs().max().item():.1e}.")
    sys.exit(0 if same == len(said) else 1)
