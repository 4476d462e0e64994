# The time that the endpoint of 'mfasts serve' takes for an answer from a stored session, with a connection of its own for each.
import re
import socket
import statistics
import subprocess
import sys
import time

WARM, RUNS = 20, 2000
server = subprocess.Popen([sys.argv[1], "serve", "prod", "--format", "dotenv"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
try:
    variables = dict(server.stdout.readline().strip().split("=", 1) for _ in range(2))
    port = int(re.search(r":(\d+)/", variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]).group(1))
    token = variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    request = f"GET /prod HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {token}\r\n\r\n".encode()
    times = []
    for _ in range(WARM + RUNS):
        start = time.perf_counter()
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(request)
            answer = b""
            while part := client.recv(65536):
                answer += part
        times.append((time.perf_counter() - start) * 1e3)
        assert answer.startswith(b"HTTP/1.1 200 "), answer
    times = times[WARM:]
    print(f"  An answer of the endpoint: median {statistics.median(times):.2f} ms   least {min(times):.2f} ms")
finally:
    server.terminate()
    server.wait()
