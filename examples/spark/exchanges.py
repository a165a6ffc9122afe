"""Writes made-up exchanges as JSON lines into eight files of a folder: exchanges.py COUNT FOLDER."""

import datetime
import json
import pathlib
import random
import sys

ANSWERS = [
    (401, "Bearer", {"message": "No token provided"}),
    (401, 'Bearer error="invalid_token", error_description="The token expired"', {}),
    (401, "Bearer", {"error": "invalid_token", "error_description": "audience is not valid"}),
    (403, 'Bearer error="insufficient_scope", scope="orders.read"', {}),
    (200, "", {"orders": []}),
]


def main():
    """Writes the files; the same ones for the same count."""
    count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True)
    chance = random.Random(401)
    start = datetime.datetime(2026, 3, 2, tzinfo=datetime.timezone.utc)
    files = [open(folder / f"part-{number}.jsonl", "w", encoding="utf-8") for number in range(8)]
    for number in range(count):
        status, challenge, body = chance.choice(ANSWERS)
        token = "".join(chance.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=32))
        at = start + datetime.timedelta(seconds=number % 86_400)
        fields = {"Date": at.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        if challenge:
            fields["WWW-Authenticate"] = challenge
        scheme = chance.choice(["Bearer ", "Bearer ", "bearer ", ""])
        url = f"https://api.shop.example/v1/{chance.choice(['orders', 'items', 'users'])}?page={number % 90}"
        exchange = {
            "request": {"method": "GET", "url": url, "headers": {"Authorization": scheme + token}},
            "response": {"status": status, "headers": fields, "body": json.dumps(body)},
        }
        files[number * 8 // count].write(json.dumps(exchange) + "\n")
    for file in files:
        file.close()


main()
