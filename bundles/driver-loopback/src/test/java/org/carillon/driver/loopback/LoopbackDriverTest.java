package org.carillon.driver.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carillon.api.port.Attachment;
import org.junit.jupiter.api.Test;

class LoopbackDriverTest {
    private static LoopbackDriver driver(String name, int delayUs) {
        return new LoopbackDriver((LoopbackConfig) Proxy.newProxyInstance(LoopbackConfig.class.getClassLoader(),
                new Class<?>[]{LoopbackConfig.class}, (self, method, arguments) -> switch (method.getName()) {
                    case "name" -> name;
                    case "delayUs" -> delayUs;
                    default -> method.getDefaultValue();
                }));
    }

    @Test
    void shouldPublishOneLoopOfItsName() {
        List<String> calls = new ArrayList<>();
        Attachment ports = (Attachment) Proxy.newProxyInstance(Attachment.class.getClassLoader(),
                new Class<?>[]{Attachment.class}, (self, method, arguments) -> {
                    calls.add(method.getName() + Arrays.toString(arguments));
                    return null;
                });

        LoopbackDriver driver = driver("tower", 250);
        driver.open(ports, null, null);
        driver.close();

        assertEquals("loopback tower", driver.name());
        assertEquals(List.of("addLoop[tower, 65536, 250000]"), calls);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        for (String name : new String[]{null, "", " "}) {
            assertThrows(IllegalArgumentException.class, () -> driver(name, 0));
        }
        for (int delayUs : new int[]{Integer.MIN_VALUE, -1, 60_000_001, Integer.MAX_VALUE}) {
            String message = assertThrows(IllegalArgumentException.class, () -> driver("tower", delayUs)).getMessage();
            assertTrue(message.contains("delayUs=" + delayUs), message);
        }
    }
}
