package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceClaimsTest {
    private static final String FILE = "/dev/snd/midiC1D0";
    private static final String RAW = "rawmidi /dev/snd/midiC*D*";
    private static final String JAVA = "javasound *";

    private long nowNs;
    private final DeviceClaims claims = new DeviceClaims(List.of("rawmidi", "javasound"), () -> nowNs);

    private void afterMs(long ms) {
        nowNs += ms * 1_000_000L;
    }

    @Test
    void shouldGiveADeviceToTheFirstInOrderThoughItComesLater() {
        assertEquals("", claims.claim(JAVA, FILE));
        assertEquals(JAVA, claims.claim(RAW, FILE));
        assertEquals(RAW, claims.claim(JAVA, FILE));
        assertEquals(JAVA, claims.claim(RAW, FILE));
        claims.release(JAVA, FILE);
        assertEquals(RAW, claims.claim(JAVA, FILE));
        assertEquals("", claims.claim(RAW, FILE));
        assertEquals(RAW, claims.claim(JAVA, FILE));
    }

    @Test
    void shouldGiveADeviceToTheNextWhenTheFirstHasGone() {
        assertEquals("", claims.claim(RAW, FILE));
        assertEquals(RAW, claims.claim(JAVA, FILE));
        claims.release(RAW, FILE);
        assertEquals("", claims.claim(JAVA, FILE));
    }

    @Test
    void shouldNotWaitForOneThatAsksNoMore() {
        assertEquals("", claims.claim(JAVA, FILE));
        assertEquals(JAVA, claims.claim(RAW, FILE));
        afterMs(4_900);
        assertEquals(RAW, claims.claim(JAVA, FILE));
        afterMs(200);
        assertEquals("", claims.claim(JAVA, FILE));
    }

    @Test
    void shouldLeaveANewDeviceForAMomentToADriverThatIsThere() {
        claims.seen(RAW);
        assertEquals(RAW, claims.claim(JAVA, FILE));
        afterMs(400);
        assertEquals(RAW, claims.claim(JAVA, FILE));
        afterMs(200);
        assertEquals("", claims.claim(JAVA, FILE));
        afterMs(5_000);
        assertEquals("", claims.claim("other", "/dev/snd/midiC2D0"));
    }

    @Test
    void shouldMoveDevicesWhenTheOrderChanges() {
        assertEquals("", claims.claim(RAW, FILE));
        assertEquals(RAW, claims.claim(JAVA, FILE));
        claims.order(List.of(JAVA));
        assertEquals(JAVA, claims.claim(RAW, FILE));
        claims.release(RAW, FILE);
        assertEquals("", claims.claim(JAVA, FILE));
    }

    @Test
    void shouldLetTheFirstComeKeepADeviceAmongEquals() {
        assertEquals("", claims.claim("rawmidi a", FILE));
        assertEquals("rawmidi a", claims.claim("rawmidi b", FILE));
        assertEquals("", claims.claim("rawmidi a", FILE));
        claims.release("rawmidi b", FILE);
        assertEquals("", claims.claim("rawmidi a", FILE));
    }
}
