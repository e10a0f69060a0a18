package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CpuSetTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0-3;0-3", "0,1,2,5;0-2,5", "'7\n';7", "'';none", "(null);none"})
    void shouldReadWhatTheKernelLists(String list, String expected) {
        assertEquals(expected, CpuSet.parse(list).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3-1", "-1", "1-", "a", "0-999999999999", "65536", "0,,1", "1-2-3"})
    void shouldNotReadAnythingElse(String list) {
        assertEquals(Optional.empty(), CpuSet.parse(list));
    }

    @Test
    void shouldCompare() {
        CpuSet all = CpuSet.parse("0-3").orElseThrow();
        CpuSet some = CpuSet.parse("2-3").orElseThrow();

        assertTrue(all.contains(some));
        assertFalse(some.contains(all));
        assertTrue(all.intersects(some));
        assertFalse(some.intersects(all.without(some)));
        assertEquals(4, all.count());
    }
}
