package org.carillon.client.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramNameTest {
    @ParameterizedTest
    @CsvSource({"org.jjazz.Main --open /x/song.jar, Main", "Edisyn, Edisyn", "/opt/edisyn/edisyn.jar -x, edisyn",
        "/opt/my music/beat link.jar a b, beat link", "edisyn.v2.jar, edisyn.v2",
        "org.music/org.music.app.Player file.mid, Player", "org.music.Outer$Inner, Outer$Inner",
        "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher /x/Ports.java list, Ports",
        "a:b, a b", "'', java", "' ', java"})
    void shouldBeWhatPeopleCallIt(String command, String name) {
        assertEquals(name, ProgramName.of(command));
    }

    @Test
    void shouldLeaveRoomForNamesOfPorts() {
        String name = ProgramName.of("ü".repeat(100));

        assertEquals("ü".repeat(ProgramName.MAX_LENGTH_BYTES / 2), name);
        assertEquals("\uD83C\uDFB9", ProgramName.cut("\uD83C\uDFB9\uD83C\uDFB9", 7));
        assertEquals(4, ProgramName.cut("\uD83C\uDFB9\uD83C\uDFB9", 7).getBytes(StandardCharsets.UTF_8).length);
        assertFalse(ProgramName.ofThisProcess().isBlank());
    }
}
