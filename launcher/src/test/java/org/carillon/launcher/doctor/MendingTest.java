package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MendingTest {
    private static final String COMMAND = "/opt/my carillon/50%/bin/carillon";

    @TempDir
    private Path folder;

    private static String file(Path system, Mending.Form form) {
        return new Mending(Tree.recorded(system), RecordedTrees.examine(system), COMMAND).file(form);
    }

    /** Without comments and empty lines. */
    private static List<String> lines(String file) {
        return file.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    }

    @Test
    void shouldGrantTheLimitsThatFail() {
        String file = file(RecordedTrees.folder(RecordedTrees.BAD), Mending.Form.LIMITS);

        assertEquals(List.of("@audio - rtprio 95", "@audio - memlock unlimited", "@audio - nice -11"), lines(file));
        assertTrue(file.contains("# rtprio: fail, soft=0, hard=0\n"), file);
        assertTrue(file.contains("# memlock: fail, bytes, soft=8388608, hard=8388608\n"), file);
        assertTrue(file.contains("usermod -aG audio ada"), file);
        assertTrue(file.contains("# Undo: sudo rm "), file);
    }

    /** What the kernel would tell of a session with that file passes. */
    @Test
    void shouldMendWhatFailed() throws IOException {
        RecordedTrees.copy(RecordedTrees.BAD, folder);
        String columns = "";
        for (String line : lines(file(folder, Mending.Form.LIMITS))) {
            String[] words = line.split(" ");
            columns += switch (words[2]) {
                case "rtprio" -> "Max realtime priority " + words[3] + " " + words[3] + "\n";
                case "memlock" -> "Max locked memory " + words[3] + " " + words[3] + " bytes\n";
                default -> "Max nice priority " + (20 - Integer.parseInt(words[3])) + " 31\n";
            };
        }
        RecordedTrees.write(folder, "proc/self/limits", columns);

        for (String id : List.of("rtprio", "memlock", "nice")) {
            assertEquals(Verdict.PASS, RecordedTrees.find(RecordedTrees.examine(folder), id).verdict(), id);
        }
    }

    @Test
    void shouldNameAGroupThatTheSystemHas() throws IOException {
        RecordedTrees.copy(RecordedTrees.BAD, folder);
        RecordedTrees.write(folder, "etc/group", "pipewire:x:300:\n");
        assertTrue(file(folder, Mending.Form.LIMITS).contains("\n@pipewire - rtprio 95\n"));

        RecordedTrees.write(folder, "etc/group", "users:x:100:\n");
        assertTrue(file(folder, Mending.Form.LIMITS).contains("\nada - rtprio 95\n"));
        assertFalse(file(folder, Mending.Form.UNIT).contains("SupplementaryGroups"));
    }

    @Test
    void shouldRunAsTheUserAndStartTheCommand() {
        List<String> unit = lines(file(RecordedTrees.folder(RecordedTrees.BAD), Mending.Form.UNIT));

        for (String line : List.of("[Unit]", "[Service]", "User=ada", "SupplementaryGroups=audio", "LimitRTPRIO=95",
                "LimitMEMLOCK=infinity", "LimitRTTIME=infinity", "AmbientCapabilities=CAP_SYS_NICE CAP_IPC_LOCK",
                "ExecStart=\"/opt/my carillon/50%%/bin/carillon\" up --realtime --data=%S/carillon", "[Install]",
                "WantedBy=multi-user.target")) {
            assertTrue(unit.contains(line), line + " in " + unit);
        }
    }

    @Test
    void shouldNeverRunAsRoot() {
        for (String system : List.of(RecordedTrees.EMPTY, RecordedTrees.GARBLED)) {
            List<String> unit = lines(file(RecordedTrees.folder(system), Mending.Form.UNIT));
            assertTrue(unit.contains("DynamicUser=yes"), unit.toString());
            assertFalse(unit.stream().anyMatch(line -> line.startsWith("User=")), unit.toString());
        }
    }

    @Test
    void shouldAskNoMoreOfAUsersSessionThanItMayGive() {
        String file = file(RecordedTrees.folder(RecordedTrees.BAD), Mending.Form.USER_UNIT);

        assertTrue(lines(file).contains("LimitRTPRIO=95"), file);
        assertTrue(lines(file).contains("WantedBy=default.target"), file);
        assertFalse(file.contains("AmbientCapabilities"), file);
        assertFalse(file.contains("User="), file);
        assertTrue(file.contains("/etc/systemd/system/user@.service.d/"), file);
    }

    @ParameterizedTest
    @EnumSource(Mending.Form.class)
    void shouldHaveNothingButCommentsKeysAndSections(Mending.Form form) {
        for (String system : List.of(RecordedTrees.GOOD, RecordedTrees.BAD, RecordedTrees.EMPTY,
                RecordedTrees.GARBLED)) {
            String file = file(RecordedTrees.folder(system), form);
            assertTrue(file.endsWith("\n"));
            for (String line : lines(file)) {
                assertTrue(line.matches(form == Mending.Form.LIMITS
                        ? "@?[a-z]+ - (rtprio|memlock|nice) \\S+"
                        : "\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=\\S.*"), line);
            }
        }
    }

    @Test
    void shouldKnowItsFormsByTheirWords() {
        assertEquals("limits, unit, user-unit", Mending.Form.words());
        assertEquals(Optional.of(Mending.Form.USER_UNIT), Mending.Form.of("user-unit"));
        assertEquals(Optional.empty(), Mending.Form.of("USER_UNIT"));
    }
}
