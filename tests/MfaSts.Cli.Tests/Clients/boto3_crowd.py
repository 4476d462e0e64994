# Sixty-four sessions of boto3 at once, each with a call of its own.
import sys
from concurrent.futures import ThreadPoolExecutor

try:
    import boto3
except ImportError:
    sys.exit(77)


def call(_):
    return boto3.Session().client("sts").get_caller_identity()["Arn"]


with ThreadPoolExecutor(64) as pool:
    print("\n".join(pool.map(call, range(64))))
