# One profile, as boto3 reads it: who am I, and the call that needs MFA.
import json
import sys

try:
    import boto3
except ImportError:
    sys.exit(77)

session = boto3.Session(profile_name=sys.argv[1])
print(json.dumps({
    "arn": session.client("sts").get_caller_identity()["Arn"],
    "users": [user["UserName"] for user in session.client("iam").list_users()["Users"]],
}))
