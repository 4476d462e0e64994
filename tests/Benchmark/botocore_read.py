# Milliseconds that botocore takes for one profile's keys, once for each run, as a new session each time.
import json
import sys
import time

try:
    import botocore.session
except ImportError:
    sys.exit(77)

profile, runs = sys.argv[1], int(sys.argv[2])
times = []
for _ in range(runs + 1):
    start = time.perf_counter()
    assert botocore.session.Session(profile=profile).get_credentials().token
    times.append((time.perf_counter() - start) * 1000)
print(json.dumps(times[1:]))
