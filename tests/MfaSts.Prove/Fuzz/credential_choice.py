"""Which credentials botocore gives a profile of a home: method and access key ID, or what it fails with. Nothing is called.

Reads JSON from standard input, a list of [folder, profile]; writes a list of texts.
"""
import json, os, sys

import botocore.session


def choice(folder, profile):
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(folder, "credentials")
    os.environ["AWS_CONFIG_FILE"] = os.path.join(folder, "config")
    try:
        credentials = botocore.session.Session(profile=profile).get_credentials()
        if credentials is None:
            return "none"
        # A role's are fetched when they are needed.
        return credentials.method if credentials.method.startswith("assume-role") else f"{credentials.method} {credentials.access_key}"
    except Exception as error:
        return type(error).__name__


for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
json.dump([choice(*home) for home in json.load(sys.stdin)], sys.stdout)
