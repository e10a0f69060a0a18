package org.carillon.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a real folder, configurations in a map, and a clock of our own. */
final class KeeperTest {
    private static final String PID = "org.loop~hall";
    private static final String TEXT = "{ // the hall\n    \"name\": \"hall\",\n    \"delayUs\": 5 // some\n}\n";

    /** Counts what is done to it. */
    private static final class MapConfigurations implements Configurations {
        final Map<String, Live> all = new LinkedHashMap<>();
        int writes;

        @Override
        public List<Live> all() {
            return List.copyOf(all.values());
        }

        @Override
        public Live get(String pid) {
            return all.get(pid);
        }

        @Override
        public void put(String pid, Map<String, Object> values) {
            writes++;
            change(pid, values);
        }

        void change(String pid, Map<String, Object> values) {
            int end = pid.indexOf('~');
            all.put(pid, new Live(pid, end < 0 ? "" : pid.substring(0, end), new HashMap<>(values)));
        }

        @Override
        public void delete(String pid) {
            all.remove(pid);
        }
    }

    private final MapConfigurations live = new MapConfigurations();
    private final List<String> lines = new ArrayList<>();
    private final Logger logger = Logger.getLogger(Keeper.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + (line.getParameters() == null ? line.getMessage()
                    : java.text.MessageFormat.format(line.getMessage(), line.getParameters())));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private Path folder;
    private Path kept;
    private Path file;
    private Keeper keeper;
    private long nowNs;

    @BeforeEach
    void begin(@TempDir Path home) throws IOException {
        folder = Files.createDirectory(home.resolve("config"));
        kept = home.resolve("data/config");
        file = folder.resolve(PID + ".cfg.json");
        logger.addHandler(handler);
        keeper = keeper(true);
        keeper.adopt(0, nowNs);
    }

    private Keeper keeper(boolean mayWrite) throws IOException {
        SettingsFolders folders = new SettingsFolders(folder, kept, Ownership.of(folder));
        Descriptions descriptions = ValidatorTest.descriptions();
        return new Keeper(folders, new SettingsStore(folders, mayWrite), live, () -> descriptions);
    }

    @AfterEach
    void end() {
        logger.removeHandler(handler);
    }

    /** Looks twice, a quiet time apart. */
    private void look() {
        keeper.scan(nowNs);
        nowNs += Keeper.QUIET_NS;
        assertFalse(keeper.scan(nowNs));
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        look();
    }

    private void change(Map<String, Object> values) throws IOException {
        live.change(PID, values);
        keeper.liveChanged(PID);
        look();
    }

    @Test
    void shouldApplyWhatHasRested() throws IOException {
        Files.writeString(file, TEXT);
        assertTrue(keeper.scan(nowNs));
        Files.writeString(file, TEXT.replace("hall\"", "large\""));
        nowNs += Keeper.QUIET_NS;
        assertTrue(keeper.scan(nowNs), "it changed meanwhile");
        assertEquals(Map.of(), live.all);
        nowNs += Keeper.QUIET_NS;
        assertFalse(keeper.scan(nowNs));

        assertEquals(Map.of("name", "large", "delayUs", 5L), live.get(PID).values());
    }

    @Test
    void shouldFollowChangesAndDeletion() throws IOException {
        write(TEXT);
        write(TEXT.replace("5", "6"));
        assertEquals(6L, live.get(PID).values().get("delayUs"));
        write("{\"name\": \"hall\"}");
        assertEquals(Map.of("name", "hall"), live.get(PID).values());
        look();
        assertEquals(3, live.writes);

        Files.delete(file);
        look();
        assertEquals(Map.of(), live.all);
    }

    @Test
    void shouldKeepTheLastGoodStateAndSaySoOnce() throws IOException {
        write(TEXT);
        write(TEXT.replace("5", "-5"));
        look();
        assertEquals(Map.of("name", "hall", "delayUs", 5L), live.get(PID).values());
        assertEquals(List.of("SEVERE configuration file is not applied, what was before stays: file=" + file
                + ", line=3, column=16, key=delayUs: expected a whole number, 0 to 60: delayUs=-5"), lines);
        write("{ \"name\": ");
        assertTrue(lines.getLast().contains("line=1, column=11, key=name: expected more"), lines.toString());
        assertEquals(5L, live.get(PID).values().get("delayUs"));

        write(TEXT.replace("5", "7"));
        assertEquals(7L, live.get(PID).values().get("delayUs"));
        assertEquals("INFO configuration file is right again: file=" + file, lines.getLast());
        assertEquals(3, lines.size(), lines.toString());
    }

    @Test
    void shouldWriteBackWhatOthersChange() throws IOException {
        write(TEXT);
        change(Map.of("name", "hall", "delayUs", 9, "on", false));

        assertEquals(TEXT.replace("5 //", "9, //").replace("\n}", "\n    \"on\": false\n}"), Files.readString(file));
        assertEquals(1, live.writes, "nothing comes back from the file");
        assertEquals(List.of(), lines);
    }

    @Test
    void shouldNotLoseEitherOfTwoChangesAtOnce() throws IOException {
        write(TEXT);
        live.change(PID, Map.of("name", "hall", "delayUs", 5, "on", false));
        keeper.liveChanged(PID);
        write(TEXT.replace("5", "8"));

        assertEquals(Map.of("name", "hall", "delayUs", 8L, "on", false), live.get(PID).values());
        assertEquals(TEXT.replace("5 //", "8, //").replace("\n}", "\n    \"on\": false\n}"), Files.readString(file));
    }

    @Test
    void shouldMakeAFileForANewConfigurationAndPutItOutOfUseWithIt() throws IOException {
        change(Map.of("name", "hall"));
        assertEquals("{\n    \"name\": \"hall\"\n}\n", Files.readString(file));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

        live.delete(PID);
        keeper.liveChanged(PID);
        look();
        assertFalse(Files.exists(file));
        assertTrue(Files.exists(folder.resolve(PID + ".cfg.json.disabled")));
        assertEquals(Map.of(), live.all);
    }

    @Test
    void shouldNameTheFileOfAnInstanceWithoutName() throws IOException {
        live.all.put("org.loop.1234-5", new Configurations.Live("org.loop.1234-5", "org.loop",
                Map.of("name", "hall")));
        keeper.liveChanged("org.loop.1234-5");
        look();
        assertTrue(Files.exists(file));

        write("{\"name\": \"hall\", \"delayUs\": 3}");
        assertEquals(1, live.all.size());
        assertEquals(Map.of("name", "hall", "delayUs", 3L), live.get("org.loop.1234-5").values());
        Files.delete(file);
        look();
        assertEquals(Map.of(), live.all);
    }

    @Test
    void shouldKeepApartWhatIsNotToBeWritten() throws IOException {
        write(TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        change(Map.of("name", "hall", "delayUs", 9));
        assertEquals(TEXT, Files.readString(file));
        assertEquals(TEXT.replace("5", "9"), Files.readString(kept.resolve(PID + ".cfg.json")));
        assertTrue(lines.getFirst().startsWith("WARNING changed configuration is kept apart"), lines.toString());

        live.all.clear();
        keeper = keeper(true);
        keeper.adopt(0, nowNs);
        look();
        assertEquals(9L, live.get(PID).values().get("delayUs"));

        live.delete(PID);
        keeper.liveChanged(PID);
        look();
        look();
        assertEquals(Map.of(), live.all);
        assertTrue(Files.exists(file));
        assertTrue(Files.exists(kept.resolve(PID + ".cfg.json.disabled")));
    }

    @Test
    void shouldSayWhichOfTwoFilesCounts() throws IOException {
        Path other = folder.resolve(PID + ".cfg");
        Files.writeString(other, "name = other\n");
        write(TEXT);
        assertEquals("hall", live.get(PID).values().get("name"));
        assertEquals(List.of("WARNING two configuration files of one component, the other does not count: counts="
                + file + ", other=" + other), lines);

        Files.delete(file);
        look();
        assertEquals(Map.of("name", "other"), live.get(PID).values());
    }

    @Test
    void shouldLeaveWhatWasPutBeforeAFileAtTheStart() throws IOException {
        Files.writeString(file, TEXT);
        live.change(PID, Map.of("name", "hall", "delayUs", 50));
        keeper = keeper(true);
        keeper.adopt(Long.MAX_VALUE, nowNs);
        look();
        assertEquals(50, live.get(PID).values().get("delayUs"));
        assertEquals(TEXT, Files.readString(file));

        write(TEXT.replace("\"hall\"", "\"large\""));
        assertEquals(Map.of("name", "large", "delayUs", 50), live.get(PID).values());
    }

    @Test
    void shouldRefuseFilesThatOthersCanWrite() throws IOException {
        write(TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        write(TEXT.replace("5", "8"));
        assertEquals(5L, live.get(PID).values().get("delayUs"));
        assertTrue(lines.getLast().contains("must be writable by its owner alone: mode=666"), lines.toString());

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(file);
        look();
        assertTrue(lines.getLast().contains("configuration folder cannot be used"), lines.toString());
        assertEquals(5L, live.get(PID).values().get("delayUs"));
    }

    @Test
    void shouldSayAfterAWhileThatNobodyKnowsAComponent() throws IOException {
        Path unknown = folder.resolve("org.lop.cfg.json");
        Files.writeString(unknown, "{\"a\": 1}");
        look();
        assertEquals(Map.of("a", 1L), live.get("org.lop").values());
        assertEquals(List.of(), lines);
        nowNs += 6_000_000_000L;
        keeper.scan(nowNs);
        keeper.scan(nowNs);
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().contains("did you mean: org.loop"), lines.toString());
    }
}
