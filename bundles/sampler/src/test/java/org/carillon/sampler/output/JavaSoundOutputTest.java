package org.carillon.sampler.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.junit.jupiter.api.Test;

class JavaSoundOutputTest {
    private static final long LIMIT_NS = 20_000_000_000L;
    private static final OutputOptions OPTIONS = OutputOptions.named("card").withFormat(8_000, 16)
            .withAnyCollector();

    private final List<Byte> heard = new CopyOnWriteArrayList<>();
    private volatile boolean isPlugged = true;

    /** A card that takes bytes at some pace, as long as it is plugged in. */
    private SourceDataLine card() throws LineUnavailableException {
        if (!isPlugged) {
            throw new LineUnavailableException("unplugged");
        }
        return (SourceDataLine) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{SourceDataLine.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "write" -> write((byte[]) arguments[0], (int) arguments[2]);
                    case "available" -> 0;
                    case "getBufferSize" -> 256;
                    default -> null;
                });
    }

    private int write(byte[] bytes, int length) {
        LockSupport.parkNanos(2_000_000);
        if (!isPlugged) {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            heard.add(bytes[i]);
        }
        return length;
    }

    private static void await(BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - beganNs < LIMIT_NS, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldSayThatThereIsNoCard() {
        if (AudioSystem.getMixerInfo().length == 0) {
            OutputException refused = assertThrows(OutputException.class, () -> new JavaSoundOutput(OPTIONS));
            assertTrue(refused.getMessage().startsWith("no sound card that Java can open: format="),
                    refused.getMessage());
        }
        OutputException refused = assertThrows(OutputException.class,
                () -> new JavaSoundOutput(OPTIONS, (format, bufferBytes) -> {
                    throw new LineUnavailableException("busy");
                }));
        assertTrue(refused.getMessage().endsWith("reason=busy"), refused.getMessage());
    }

    @Test
    void shouldPlayAgainWhenTheCardReturns() {
        try (JavaSoundOutput output = new JavaSoundOutput(OPTIONS, (format, bufferBytes) -> card())) {
            output.start((buffer, frames, startNs) -> Arrays.fill(buffer, 0.5f));
            await(() -> heard.size() > 256);
            assertEquals(16_384, (heard.get(0) & 0xFF) + (heard.get(1) << 8));

            isPlugged = false;
            await(() -> output.state() == OutputState.GONE);
            assertEquals(1, output.statistics().interruptions());
            int before = heard.size();
            isPlugged = true;
            await(() -> heard.size() > before + 256);
            assertEquals(OutputState.RUNNING, output.state());
        }
    }

    @Test
    void shouldRoundAndClip() {
        byte[] bytes = new byte[10];
        JavaSoundOutput.toPcm(new float[]{0, 1, -2, 0.49f / Short.MAX_VALUE, -0.51f / Short.MAX_VALUE}, bytes);

        assertArrayEquals(new byte[]{0, 0, -1, 127, 1, -128, 0, 0, -1, -1}, bytes);
    }
}
