"""monitor.py [--count N] PORT...: prints what comes out of ports, a line for each event."""

import argparse
import sys

from carillon import Client, Error

MAX_BYTES = 16


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, help="ends after so many events")
    options.add_argument("ports", nargs="+", metavar="PORT")
    wanted = options.parse_args()
    with Client("monitor") as client, client.open("monitor") as session:
        session.destination("in")
        for port in wanted.ports:
            session.connect(port, "monitor:in")
        print("listening", flush=True)
        count = 0
        for event in session:
            data = event.payload[:MAX_BYTES].hex(" ")
            print(f"{event.time_ns} {event.name} ch {event.channel + 1} {data}", flush=True)
            count += 1
            if count == wanted.count:
                break
    return 0


try:
    sys.exit(main())
except Error as e:
    sys.exit(f"monitor: {e}")
except KeyboardInterrupt:
    pass
