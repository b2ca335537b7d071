"""Writes ../fixtures/encoders/*: tiny random encoders as Hugging Face folders, with what transformers makes of them.

    pip install torch transformers tokenizers safetensors
    python make_encoder_fixtures.py

Each folder holds config.json, model.safetensors and the tokenizer's files, and besides them
  expected.json           texts, pairs, their token ids and types, logits, and the loss of the batch of all texts
  gradients.safetensors   of that loss (mean cross-entropy; target of text i: i modulo the number of classes; no dropout)
The weights of DistilBERT are stored as BF16 and those of RoBERTa as F16: logits and gradients are of the stored weights.
Last run with torch 2.15.0, transformers 5.24.0 and tokenizers 0.23.3.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForSequenceClassification,
)

FOLDER = Path(__file__).parent.parent / "fixtures" / "encoders"
TEXTS = [
    "the cat sat on the mat",
    "A dog!",
    "Cats and dogs sat; the mat was wet, so wet.",
    "",
    "café naïve",
    "unknown \u732b words, and and and the cats sat on the dogs on the mat",
]
PAIRS = [("the cat", "a dog sat"), ("the cat sat on the mat and the dog sat on the cat", "wet mat"), ("dogs", "")]
MAX_LENGTH = 14
SIZES = {"hidden": 16, "layers": 2, "heads": 4, "inner": 24, "positions": 20}


def word_piece_tokenizer():
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] the cat dog sat on mat and was wet so a ! . , ; ##s cafe naive".split()
    words += [chr(ord("b") + i) for i in range(25)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, mask_token="[MASK]", **special), words


def byte_pair_tokenizer():
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=70, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(TEXTS + [text for pair in PAIRS for text in pair], trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    names = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"}
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", mask_token="<mask>", **names
    )


def bert(vocabulary):
    return BertForSequenceClassification(
        BertConfig(
            vocab_size=vocabulary, hidden_size=SIZES["hidden"], num_hidden_layers=SIZES["layers"],
            num_attention_heads=SIZES["heads"], intermediate_size=SIZES["inner"],
            max_position_embeddings=SIZES["positions"], num_labels=3,
            id2label={0: "cat", 1: "dog", 2: "mat"}, label2id={"cat": 0, "dog": 1, "mat": 2},
        )
    )


def distilbert(vocabulary):
    return DistilBertForSequenceClassification(
        DistilBertConfig(
            vocab_size=vocabulary, dim=SIZES["hidden"], n_layers=SIZES["layers"], n_heads=SIZES["heads"],
            hidden_dim=SIZES["inner"], max_position_embeddings=SIZES["positions"], activation="relu", num_labels=2,
        )
    )


def roberta(vocabulary):
    return RobertaForSequenceClassification(
        RobertaConfig(
            vocab_size=vocabulary, hidden_size=SIZES["hidden"], num_hidden_layers=SIZES["layers"],
            num_attention_heads=SIZES["heads"], intermediate_size=SIZES["inner"],
            max_position_embeddings=SIZES["positions"], type_vocab_size=1, hidden_act="gelu_new", num_labels=3,
            layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        )
    )


def randomize(model):
    """Larger weights than at a usual start, so that every part shows in the logits."""
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.3)


def write(name, model, tokenizer, dtype):
    folder = FOLDER / name
    randomize(model)
    model.to(dtype).save_pretrained(folder)
    stored = load_file(folder / "model.safetensors")
    model.float().load_state_dict({key: value.float() for key, value in stored.items()})
    tokenizer.save_pretrained(folder)
    model.eval()
    first, second = [pair[0] for pair in PAIRS], [pair[1] for pair in PAIRS]
    settings = {"truncation": True, "max_length": MAX_LENGTH, "padding": True, "return_tensors": "pt"}
    settings["return_token_type_ids"] = name == "bert"
    single, double = tokenizer(TEXTS, **settings), tokenizer(first, second, **settings)
    output = model(**single, labels=torch.arange(len(TEXTS)) % model.config.num_labels)
    output.loss.backward()
    save_file(
        {key: parameter.grad.contiguous() for key, parameter in model.named_parameters()},
        folder / "gradients.safetensors",
    )
    expected = {
        "maxLength": MAX_LENGTH, "texts": TEXTS, "ids": tokens(single, "input_ids"),
        "logits": output.logits.tolist(), "loss": output.loss.item(),
        "pairs": PAIRS, "pairIds": tokens(double, "input_ids"),
        "pairTypes": tokens(double, "token_type_ids") if name == "bert" else None,
        "pairLogits": model(**double).logits.tolist(),
    }
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def tokens(batch, key):
    """Of each text, without the padding."""
    return [
        [int(value) for value, kept in zip(row, mask) if kept]
        for row, mask in zip(batch[key], batch["attention_mask"])
    ]


if __name__ == "__main__":
    torch.manual_seed(0)
    word_pieces, words = word_piece_tokenizer()
    write("bert", bert(len(words) + 3), word_pieces, torch.float32)
    (FOLDER / "bert" / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    write("distilbert", distilbert(len(words)), word_pieces, torch.bfloat16)
    byte_pairs = byte_pair_tokenizer()
    write("roberta", roberta(len(byte_pairs)), byte_pairs, torch.float16)
