package org.carillon.bench.echo;

import java.util.List;
import org.carillon.bench.echo.Company.Question;
import org.carillon.bench.process.Reading;

/**
 * What became of events that one client sent to another.
 *
 * @param sent       that the ring to the server took.
 * @param inTime     of them before the milliseconds were over.
 * @param lost       of those sent; each one that is not lost came once, in its place.
 * @param serverLoad processor time of the server by time on the wall.
 */
record Poured(long sent, long inTime, long lost, double serverLoad, double wallMs) {
    private static final double NS_PER_MS = 1_000_000;

    /** @param exact how many to send at least, 0 for whatever is taken while the milliseconds last. */
    static Poured through(Company company, int capacityBytes, int ms, int eachMs, long exact) {
        List<Reading> readings = company.askThroughServer(capacityBytes, true,
                List.of(new Question("pour", "PID " + ms + " " + eachMs + " " + exact), new Question("drain", "")));
        return of(readings.getFirst(), readings.getLast());
    }

    /**
     * What was sent, and what of it came.
     *
     * @throws IllegalStateException when something came that was not sent, twice, or in another order.
     */
    static Poured of(Reading out, Reading in) {
        long sent = (long) out.get("sent");
        long lost = sent - (long) in.get("received");
        if (lost < 0 || lost == 0 && in.get("gaps") > 0) {
            throw new IllegalStateException("events came twice or out of order: sent=" + sent + ", received="
                    + in.get("received") + ", gaps=" + in.get("gaps"));
        }
        return new Poured(sent, (long) out.get("inTime"), lost, out.get("cpuNs") / out.get("wallNs"),
                out.get("wallNs") / NS_PER_MS);
    }
}
