"""Writes ../fixtures/audio.json: waveforms, with what scipy makes of them at other rates, and librosa in mel bands.

    pip install scipy librosa
    python make_audio_fixtures.py

Resampling: `scipy.signal.resample_poly` with a filter of `scipy.signal.firwin` (64 zero crossings, cutoff and Kaiser
window of resampy's `kaiser_best`). Mel bands: windows of `scipy.signal.get_window("hann")`, `numpy.fft.rfft` of at least
two windows, `librosa.filters.mel(htk=True, norm=None)`, natural logarithm of at least 1e-6. Waveforms are whole numbers
of 16 bits: gliding tones in noise, each with a stretch of silence. Last run with scipy 1.17.1 and librosa 0.11.0.
"""

import json
import math
from pathlib import Path

import librosa
import numpy as np
from scipy import signal

TARGET = Path(__file__).parent.parent / "fixtures" / "audio.json"
ZEROS, CUTOFF, BETA = 64, 0.9475937167399596, 14.769656459379492
FLOOR = 1e-6


def waveform(rate, seconds, seed):
    time = np.arange(int(rate * seconds)) / rate
    tones = sum(signal.chirp(time, f * rate, seconds, (0.3 - f) * rate) for f in (0.01, 0.05, 0.2))
    noise = np.random.default_rng(seed).normal(size=time.size)
    sound = 0.2 * tones + 0.05 * noise
    sound[time.size // 3 : time.size // 2] = 0
    return np.clip(np.round(sound * 32768), -32768, 32767).astype(int)


def resampled(samples, rate_from, rate_to):
    divisor = math.gcd(rate_from, rate_to)
    down, up = rate_from // divisor, rate_to // divisor
    band = CUTOFF * min(1, up / down)
    reach = int(math.floor(ZEROS * up / band + 0.5))
    taps = signal.firwin(2 * reach + 1, band / up, window=("kaiser", BETA), scale=False)
    # resample_poly multiplies a filter that it is given by `up`, as the zeros put between samples need.
    return signal.resample_poly(samples / 32768, up, down, window=taps)


def log_mel(samples, rate, bands):
    window, hop = math.floor(0.025 * rate + 0.5), math.floor(0.01 * rate + 0.5)
    length = 1 << math.ceil(math.log2(2 * window))
    frames = 1 + (samples.size - window) // hop
    hann = signal.get_window("hann", window)
    parts = np.stack([samples[i * hop : i * hop + window] / 32768 * hann for i in range(frames)])
    power = np.abs(np.fft.rfft(parts, length)) ** 2
    filters = librosa.filters.mel(sr=rate, n_fft=length, n_mels=bands, htk=True, norm=None, dtype=np.float64)
    return np.log(np.maximum(power @ filters.T, FLOOR))


def rounded(values):
    return [float(f"{value:.9g}") for value in np.asarray(values).ravel()]


def main():
    resampling = []
    for seed, (rate_from, rate_to) in enumerate([(44100, 16000), (48000, 22050), (8000, 16000), (11025, 8000), (22050, 44100)]):
        samples = waveform(rate_from, 0.03, seed)
        expected = resampled(samples, rate_from, rate_to)
        resampling.append({"from": rate_from, "to": rate_to, "samples": samples.tolist(), "expected": rounded(expected)})
    mel = []
    for seed, (rate, bands) in enumerate([(8000, 40), (16000, 80), (22050, 64), (44100, 40)]):
        samples = waveform(rate, 0.095, 100 + seed)
        expected = log_mel(samples, rate, bands)
        mel.append({"rate": rate, "samples": samples.tolist(), "shape": list(expected.shape), "expected": rounded(expected)})
    TARGET.write_text(json.dumps({"resampling": resampling, "logMel": mel}) + "\n")


main()
