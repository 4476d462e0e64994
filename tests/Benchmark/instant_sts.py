"""An STS on a loopback port that gives the same session, a user's or a role's, to whoever asks. Prints the port."""
import socketserver

BODY = b"""<%bResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%bResult><Credentials>\
<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey>\
<SessionToken>""" + b"A" * 400 + b"""</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></%bResult>\
<ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata></%bResponse>"""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"


def answer(action):
    body = BODY % (action, action, action, action)
    return HEAD % len(body) + body


ANSWERS = {action: answer(action) for action in (b"GetSessionToken", b"AssumeRole", b"GetCallerIdentity")}


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        length = 0
        while (line := self.rfile.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        request = self.rfile.read(length)
        self.wfile.write(next(answer for action, answer in ANSWERS.items() if b"Action=" + action in request))


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
