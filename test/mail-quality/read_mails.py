"""Reads mails as Python's own library does (email.policy.default).

Takes a JSON list of mails in base64 on stdin and answers a list of {subject, text, defects, headers}.
"""
import base64
import email
import email.policy
import json
import sys


def defects(message):
    found = [str(d) for d in message.defects]
    for value in message.values():
        found += [str(d) for d in value.defects]
    for part in message.iter_parts() if message.is_multipart() else []:
        found += defects(part)
    return found


answers = []
for raw in json.load(sys.stdin):
    message = email.message_from_bytes(base64.b64decode(raw), policy=email.policy.default)
    text = message.get_body(("plain",))
    answers.append(
        {
            "subject": message["subject"],
            "text": text.get_content(),
            "html": message.get_body(("html",)) is not None,
            "defects": defects(message),
            "headers": message.keys(),
        }
    )
json.dump(answers, sys.stdout)
