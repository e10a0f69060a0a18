"""send.py [--after SECONDS] [--hold SECONDS] DESTINATION HEX...: sends one MIDI message, system exclusive ones
included, to a port. Notes end when this program does: it stays for as long as they are held.

    send.py --hold 2 synth:in 90 3c 64
    send.py --after 0.5 synth:in b0 07 50
    send.py synth:in f0 7e 7f 06 01 f7
"""

import argparse
import sys
import time

from carillon import Client, Error

LIMIT_S = 10
LOOK_S = 0.001


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--after", type=float, default=0, metavar="SECONDS", help="sends it so much later")
    options.add_argument("--hold", type=float, default=0, metavar="SECONDS", help="stays so long after it")
    options.add_argument("destination", metavar="DESTINATION")
    options.add_argument("bytes", nargs="+", metavar="HEX")
    wanted = options.parse_args()
    message = bytes.fromhex("".join(wanted.bytes))
    with Client("send") as client, client.open("send") as session:
        out = session.source("out")
        session.connect("send:out", wanted.destination)
        date = session.server.clock.now_ns() + int(wanted.after * 1e9) if wanted.after > 0 else 0
        if not out.send_message(message, date, LIMIT_S):
            sys.exit(f"send: expected one complete message: bytes={message.hex(' ')}")
        while session.server.clock.now_ns() <= date:
            time.sleep(LOOK_S)  # what a session has sent for later goes when the session goes
        print(f"sent={len(message)}", flush=True)
        time.sleep(wanted.hold)
        session.disconnect("send:out", wanted.destination)
    return 0


try:
    sys.exit(main())
except (Error, ValueError) as e:
    sys.exit(f"send: {e}")
