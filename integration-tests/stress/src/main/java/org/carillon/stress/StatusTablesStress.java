package org.carillon.stress;

import java.lang.foreign.Arena;
import org.carillon.protocol.StatusPage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The sequence of the status page's tables. One page serves all rounds, because a page is large: its writer is always
 * the same actor, and each round writes another number into every field of a slot.
 */
@JCStressTest
@Outcome(id = "WHOLE", expect = Expect.ACCEPTABLE, desc = "all fields are of one change")
@Outcome(id = "CHANGED", expect = Expect.ACCEPTABLE, desc = "the reader is told to read again")
@Outcome(id = "TORN", expect = Expect.FORBIDDEN, desc = "fields of two changes are taken for whole")
@State
public class StatusTablesStress {
    private static final StatusPage PAGE = new StatusPage(Arena.global().allocate(StatusPage.LENGTH, 128));
    private static final int AT = StatusPage.portAt(0);
    private static final String[] NAMES = {"aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb", "c", "dddddddddd"};

    @Actor
    public void writer() {
        int next = PAGE.intAt(AT + StatusPage.ID) + 1;
        PAGE.beginChange();
        PAGE.intAt(AT + StatusPage.ID, next);
        PAGE.nameAt(AT + StatusPage.PORT_NAME, NAMES[next & 3], StatusPage.MAX_NAME_LENGTH);
        PAGE.intAt(AT + StatusPage.SECOND, next);
        PAGE.endChange();
    }

    @Actor
    public void reader(L_Result result) {
        long sequence = PAGE.beginRead();
        int second = PAGE.intAt(AT + StatusPage.SECOND);
        String name = PAGE.nameAt(AT + StatusPage.PORT_NAME);
        int id = PAGE.intAt(AT + StatusPage.ID);
        if (!PAGE.isStill(sequence)) {
            result.r1 = "CHANGED";
        } else {
            boolean whole = id == second && (id == 0 || name.equals(NAMES[id & 3]));
            result.r1 = whole ? "WHOLE" : "TORN";
        }
    }
}
