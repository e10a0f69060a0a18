package org.carillon.stress;

import java.lang.foreign.MemorySegment;
import org.carillon.protocol.Doorbell;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The fence in {@code arm} against the fence in {@code ring}: seen is what the reader's last look found. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the reader sees the record and is woken besides")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the reader sees the record in its last look")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the reader sleeps and is woken")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN,
        desc = "the reader sleeps beside a record, and nobody wakes it")
@State
public class DoorbellStress {
    private final Doorbell bell = new Doorbell(MemorySegment.ofArray(new int[1]), this::wake);
    private int record;
    private boolean woken;

    private void wake() {
        woken = true;
    }

    @Actor
    public void writer() {
        record = 1;
        bell.ring();
    }

    @Actor
    public void reader(ZZ_Result result) {
        bell.arm();
        result.r1 = record == 1;
    }

    @Arbiter
    public void afterwards(ZZ_Result result) {
        result.r2 = woken;
    }
}
