package org.carillon.stress;

import java.lang.foreign.MemorySegment;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The release store of a session's state against its acquire load: what was done before the end is seen with it. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "neither yet")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "what was done before, and not yet the end")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the end, and what was done before")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "the end without what was done before")
@State
public class SessionStateStress {
    private static final int WORDS = (int) (SessionMemory.lengthBytes(SessionMemory.MIN_CAPACITY) / Long.BYTES);
    private static final MemorySegment UNUSED = MemorySegment.ofArray(new long[WORDS]);

    private final SessionMemory server = SessionMemory.create(UNUSED, MemorySegment.ofArray(new long[WORDS]), 1);
    private int before;

    public SessionStateStress() {
        server.state(SessionState.OPEN);
    }

    @Actor
    public void server() {
        before = 1;
        server.state(SessionState.KICKED);
    }

    @Actor
    public void client(ZZ_Result result) {
        result.r1 = server.state() == SessionState.KICKED;
        result.r2 = before == 1;
    }
}
