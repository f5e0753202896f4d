"""A mail server for tests (aiosmtpd): keeps every mail it takes as a file, and fails as it is told.

Arguments: port, folder, how (plain, starttls, tls), and the user whom it lets in with the password "secret" (or "").
The folder may hold certificate.pem and key.pem; `faults` in it has a line for each mail to come, taken one by one:
"ok", "rcpt CODE WORDS", "data CODE WORDS", or "drop": the mail is taken and the connection breaks before that is said.
"""

import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

PORT, FOLDER, HOW, USER = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]


def next_fault():
    path = os.path.join(FOLDER, "faults")
    if not os.path.exists(path):
        return "ok"
    with open(path) as file:
        lines = file.read().splitlines()
    with open(path, "w") as file:
        file.write("".join(line + "\n" for line in lines[1:]))
    return lines[0] if lines else "ok"


def keep(envelope):
    number = len([name for name in os.listdir(FOLDER) if name.endswith(".eml")])
    # Its name last: whoever looks at the folder sees whole mails only.
    path = os.path.join(FOLDER, "part")
    with open(path, "wb") as file:
        for to in envelope.rcpt_tos:
            file.write(b"X-Rcpt-To: " + to.encode() + b"\r\n")
        file.write(envelope.original_content)
    os.rename(path, os.path.join(FOLDER, f"{number:04}.eml"))


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        session.fault = next_fault()
        if session.fault.startswith("rcpt "):
            return session.fault[5:]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if session.fault.startswith("data "):
            return session.fault[5:]
        keep(envelope)
        if session.fault == "drop":
            server.transport.abort()
        return "250 OK"


def let_in(server, session, envelope, mechanism, data):
    good = data.login == USER.encode() and data.password == b"secret"
    return AuthResult(success=good, handled=False)


def main():
    context = None
    if HOW != "plain":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(os.path.join(FOLDER, "certificate.pem"), os.path.join(FOLDER, "key.pem"))

    def session():
        return SMTP(
            Handler(),
            hostname="localhost",
            enable_SMTPUTF8=True,
            tls_context=context if HOW == "starttls" else None,
            require_starttls=HOW == "starttls",
            authenticator=let_in if USER else None,
            auth_required=bool(USER),
            # The library does not see the encryption that was there before it.
            auth_require_tls=HOW == "starttls",
        )

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    secure = context if HOW == "tls" else None
    loop.run_until_complete(loop.create_server(session, "127.0.0.1", PORT, ssl=secure))
    loop.run_forever()


main()
