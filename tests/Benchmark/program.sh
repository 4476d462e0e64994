#!/usr/bin/env bash
# Builds the native program and measures it beside cat and python3 in one run: wall time (hyperfine, medians) and memory. Needs hyperfine and python3.
#   tests/Benchmark/program.sh [runs]            MFASTS_NATIVE names a program that is built already.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-500}
program=${MFASTS_NATIVE:-$PWD/out/native/mfasts}
if [ -z "${MFASTS_NATIVE:-}" ]; then
    dotnet publish src/MfaSts.Cli -p:Native=true -r "linux-$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')" -c Release -o out/native -v q
fi

home=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$home"' EXIT
mkdir "$home/.aws"
# An STS that answers at once, whatever it is asked: what is measured is the program.
python3 tests/Benchmark/instant_sts.py > "$home/port" &
server=$!
until [ -s "$home/port" ]; do sleep 0.1; done

export HOME=$home AWS_ENDPOINT_URL=http://127.0.0.1:$(cat "$home/port") NO_PROXY=127.0.0.1
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE
write() {
    cat > "$home/$1" <<END
[prod-long-term]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_mfa_device = arn:aws:iam::123456789012:mfa/alice

[prod]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = $(head -c 400 /dev/zero | tr '\0' A)
expiration = $2
manager = mfasts
mfasts_endpoint = $AWS_ENDPOINT_URL/
END
    chmod 600 "$home/$1"
    touch -d '1 hour ago' "$home/$1"
}
write valid 2999-01-01T00:00:00Z
write expired 2001-01-01T00:00:00Z
printf '[profile prod]\nregion = eu-central-1\nmfa_process = echo 123456\n[profile admin]\nrole_arn = arn:aws:iam::210987654321:role/Admin\nsource_profile = prod\n' > "$home/.aws/config"
expire="sh -c 'cp -p $home/expired $home/.aws/credentials; rm -f $home/.aws/.mfasts/credentials.used-codes'"

echo "Session valid, $runs runs:"
cp -p "$home/valid" "$home/.aws/credentials"
hyperfine -N --style none -w 20 -r "$runs" --export-json "$home/read.json" \
    "$program credential-process prod" "$program read aws_access_key_id prod" "/bin/cat $home/.aws/credentials" > /dev/null
"$program" login admin --quiet
hyperfine -N --style none -w 20 -r "$runs" --export-json "$home/role.json" "$program credential-process admin" > /dev/null
echo "Role, session of its source valid, $((runs / 5)) runs:"
hyperfine -N --style none -w 5 -r "$((runs / 5))" --prepare "cp -p $home/valid $home/.aws/credentials" --export-json "$home/take.json" \
    "$program credential-process admin" > /dev/null
hyperfine -N --style none -w 1 -r 10 --prepare "cp -p $home/valid $home/.aws/credentials" --export-json "$home/cli.json" \
    "aws sts get-caller-identity --profile admin --region us-east-1" > /dev/null || true
hyperfine -N --style none -w 2 -r 20 --export-json "$home/python.json" "python3 -c 'import boto3'" > /dev/null || true
echo "A command, its keys in the environment or from an endpoint, $runs runs:"
cp -p "$home/valid" "$home/.aws/credentials"
hyperfine -N --style none -w 20 -r "$runs" --export-json "$home/exec.json" \
    "$program exec prod -- true" "$program exec prod --serve -- true" > /dev/null
python3 tests/Benchmark/endpoint.py "$program"
echo "Session expired, $((runs / 5)) runs:"
hyperfine -N --style none -w 5 -r "$((runs / 5))" --prepare "$expire" --export-json "$home/renew.json" \
    "$program credential-process prod" "$program login prod --token-code 123456" > /dev/null
python3 - "$home" <<'END'
import json, os, sys
for name in ("read", "role", "take", "cli", "python", "exec", "renew"):
    path = f"{sys.argv[1]}/{name}.json"
    for result in json.load(open(path))["results"] if os.path.exists(path) and os.path.getsize(path) else []:
        command = " ".join(word.split("/")[-1] for word in result["command"].split())
        print(f"  {name:6}  {command:45}  median {result['median'] * 1e3:7.2f} ms   least {result['min'] * 1e3:7.2f} ms")
END

memory() {
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print("  %-45s  %.1f MB resident at most" % (" ".join(sys.argv[2:]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))' "$program" "$@"
}
echo "Memory:"
cp -p "$home/valid" "$home/.aws/credentials"
memory credential-process prod
eval "$expire"
memory credential-process --verbose prod 2> /dev/null
