package org.carillon.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class HotPathTest {
    private static final int EVENTS = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldNotAllocate() {
        CompiledFilter filter = Message.filter("port 0..3 ch 1..12 note cc nrpn pc pb rt not cc 20 noterange 20 100 "
                + "not velrange 1 5 ccrange 7 10 120 transp 3 velcurve 0.7 ccscale 7 0.5 pcmap 1 2 chmap 3 4");
        assertNotEquals(0, run(filter));

        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = run(filter);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertNotEquals(0, sum);
        assertEquals(0, allocated);
    }

    private static long run(CompiledFilter filter) {
        long sum = 0;
        for (int i = 0; i < EVENTS; i++) {
            int type = EventType.BASE + (i & 0xF);
            long data = Event.data(0x80 | (i & 7) << 4 | i >>> 4 & 0xF, i >>> 8 & 0x7F, i >>> 3 & 0x7F);
            sum += filter.apply(type, Event.word(1, i & 7, 3, 0), data);
        }
        return sum;
    }
}
