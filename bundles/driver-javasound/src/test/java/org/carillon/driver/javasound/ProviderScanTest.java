package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProviderScanTest {
    @Test
    void shouldTakeAnAnswerThatComesLate() throws InterruptedException {
        MadeProvider provider = new MadeProvider(new MadeDevice("piano", true, false));
        CountDownLatch listing = new CountDownLatch(1);
        provider.listing = listing;
        ProviderScan scan = new ProviderScan(() -> provider);
        assertEquals(List.of(), scan.look());
        assertTrue(scan.isLate());
        assertFalse(scan.hasLateAnswer());
        listing.countDown();

        Rig.await("the answer", scan::hasLateAnswer);
        assertEquals("piano", scan.look().getFirst().name);
        assertFalse(scan.isLate());
        assertFalse(scan.hasLateAnswer());
        scan.close();
    }
}
