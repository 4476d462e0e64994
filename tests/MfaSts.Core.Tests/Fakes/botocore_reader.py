"""Reads files with botocore and prints what it sees: one JSON array on standard output, one element a file."""
import base64
import json
import os
import shlex
import sys
import tempfile

from botocore.configloader import load_config, raw_config_parse
from botocore.exceptions import ConfigParseError


def read(path):
    try:
        raw = raw_config_parse(path)
        flat = raw_config_parse(path, parse_subsections=False)
        loaded = load_config(path)
    except ConfigParseError:
        return None
    return {
        "sections": flat,
        "nested": {s: {k: v for k, v in keys.items() if isinstance(v, dict)} for s, keys in raw.items()},
        "profiles": loaded["profiles"],
    }


def words(text):
    try:
        return shlex.split(text)
    except ValueError:
        return None


request = json.load(sys.stdin)
results = []
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "file")
    for content in request["files"]:
        with open(path, "wb") as file:
            file.write(base64.b64decode(content))
        results.append(read(path))
json.dump({"files": results, "words": [words(text) for text in request["words"]]}, sys.stdout)
