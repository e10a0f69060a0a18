package org.carillon.stress;

import java.lang.foreign.MemorySegment;
import org.carillon.protocol.ServerClock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * The two lines of the clock, of which one is in force. Date 100 lies at 100 on the first line; on the second, 100
 * becomes 1120 and comes from -410; every mixture of the two lines gives other numbers.
 */
@JCStressTest
@Outcome(id = "100, 100", expect = Expect.ACCEPTABLE, desc = "both times the first line")
@Outcome(id = "100, -410", expect = Expect.ACCEPTABLE, desc = "the first line, then the second")
@Outcome(id = "1120, -410", expect = Expect.ACCEPTABLE, desc = "both times the second line")
@Outcome(id = "1120, 100", expect = Expect.FORBIDDEN, desc = "the second line, then the first again")
@Outcome(expect = Expect.FORBIDDEN, desc = "a line torn from two")
@State
public class ServerClockStress {
    private static final long DATE_NS = 100;

    private final ServerClock clock = new ServerClock(MemorySegment.ofArray(new long[ServerClock.LENGTH / Long.BYTES]));

    public ServerClockStress() {
        clock.set(0, 0, 1.0);
    }

    @Actor
    public void writer() {
        clock.set(1_000, 40, 2.0);
    }

    @Actor
    public void reader(JJ_Result result) {
        result.r1 = clock.serverNs(DATE_NS);
        result.r2 = clock.monoNs(DATE_NS);
    }
}
