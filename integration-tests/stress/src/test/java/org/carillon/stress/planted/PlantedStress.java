package org.carillon.stress.planted;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Always comes to a forbidden end, so that the build is known to see one. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "never happens")
@Outcome(expect = Expect.FORBIDDEN, desc = "always happens")
@State
public class PlantedStress {
    private int written;

    @Actor
    public void writer() {
        written = 1;
    }

    @Actor
    public void reader(I_Result result) {
        result.r1 = 1 + written;
    }
}
