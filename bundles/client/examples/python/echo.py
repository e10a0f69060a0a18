"""echo.py [--count N]: sends back through echo:out whatever comes to echo:in, on a thread of its own."""

import argparse
import sys
import threading

from carillon import Client, Error, Event


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=0, help="ends after so many events; 0 never")
    wanted = options.parse_args()
    sent = lost = 0
    done = threading.Event()
    with Client("echo") as client, client.open("echo") as session:
        out = session.source("out")
        session.destination("in")

        def send_back(event: Event) -> None:
            nonlocal sent, lost
            if out.send_copy(event):
                sent += 1
            else:
                lost += 1
            out.flush()
            if sent + lost == wanted.count:
                done.set()

        with session.receive(send_back):
            print("listening", flush=True)
            done.wait()
    print(f"sent={sent} lost={lost}")
    return 0 if lost == 0 else 1


try:
    sys.exit(main())
except Error as e:
    sys.exit(f"echo: {e}")
except KeyboardInterrupt:
    pass
