import sys

try:
    import boto3
except ImportError:
    sys.exit(77)

profile, count = sys.argv[1:]
client = boto3.Session(profile_name=profile).client("sts")
for _ in range(int(count)):
    print(client.get_caller_identity()["Arn"])
