package org.carillon.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three languages agree: what one has written the others read, write again alike, and judge alike when broken. */
class GoldenIT {
    private static final Path FOLDER = Path.of("target", "golden").toAbsolutePath();
    private static final Path SCHEMAS = Path.of("src/test/resources/org/carillon/codegen/schemas");
    private static final List<String> NAMES = List.of("matrix", "types", "shapes", "desk");
    private static final int VALUES = 10_000;
    private static final int HEADER_LENGTH = 8;

    /** A value of a file, with the index of its class. */
    private record Vector(int index, byte[] bytes) {}

    @BeforeAll
    static void makePrograms() throws IOException, SchemaException {
        List<Path> files = NAMES.stream().map(name -> SCHEMAS.resolve(name + ".json")).toList();
        for (VectorProgram each : VectorProgram.values()) {
            each.prepare(files, FOLDER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix", "types", "shapes", "desk"})
    void shouldReadAndWriteAlike(String schema) throws IOException {
        for (VectorProgram writer : VectorProgram.values()) {
            Path written = file(schema, writer.name());
            writer.run("write", schema, writer.ordinal() + 1, VALUES, written);
            assertEquals(VALUES, read(written).size());
            for (VectorProgram reader : VectorProgram.values()) {
                if (reader != writer) {
                    Path again = file(schema, writer + "-" + reader);
                    reader.run("again", schema, written, again);
                    assertEquals(-1, Files.mismatch(written, again), schema + ": " + writer + ", " + reader);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix", "types", "shapes", "desk"})
    void shouldMakeTheSameBytesOfTheSameMembers(String schema) throws IOException {
        Path java = file(schema, "same-JAVA");
        VectorProgram.JAVA.run("write", schema, 77, 500, java);
        for (VectorProgram other : List.of(VectorProgram.CPP, VectorProgram.PYTHON)) {
            Path same = file(schema, "same-" + other);
            other.run("write", schema, 77, 500, same);
            assertEquals(-1, Files.mismatch(java, same), schema + ": " + other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix", "types", "shapes", "desk"})
    void shouldRejectWhatIsCutOff(String schema) throws IOException {
        List<Vector> cut = new ArrayList<>();
        for (Vector each : sample(schema, 60)) {
            for (int length = 0; length < each.bytes.length; length++) {
                cut.add(new Vector(each.index, Arrays.copyOf(each.bytes, length)));
            }
        }
        List<String> verdicts = judge(schema, "cut", cut);

        assertTrue(verdicts.size() > 100, verdicts.size() + " cut");
        assertEquals(List.of(), verdicts.stream().filter(each -> !each.matches("[0-9]+")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix", "types", "shapes", "desk"})
    void shouldJudgeBrokenBytesAlike(String schema) throws IOException {
        Random random = new Random(5);
        List<Vector> broken = new ArrayList<>();
        for (Vector each : sample(schema, 3_000)) {
            broken.add(new Vector(each.index, broken(each.bytes, random)));
        }
        List<String> verdicts = judge(schema, "broken", broken);

        assertEquals(List.of(), verdicts.stream().filter(each -> !each.matches("[0-9]+|good")).toList());
        assertTrue(verdicts.contains("good"), "none is good");
        assertTrue(verdicts.stream().distinct().count() > 3, verdicts.stream().distinct().toList().toString());
    }

    /** A few bytes are others, or there is one more. */
    private static byte[] broken(byte[] bytes, Random random) {
        if (bytes.length == 0 || random.nextInt(20) == 0) {
            return Arrays.copyOf(bytes, bytes.length + 1);
        }
        byte[] broken = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            broken[random.nextInt(broken.length)] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt(5);
                case 1 -> (byte) -random.nextInt(5);
                default -> (byte) random.nextInt();
            };
        }
        return broken;
    }

    @Test
    void shouldEndRecursionInEveryLanguage() throws IOException {
        List<Vector> deep = List.of(new Vector(3, tree(Layout.MAX_DEPTH)), new Vector(3, tree(Layout.MAX_DEPTH + 1)),
                new Vector(3, tree(100_000)));
        int below = Layout.MAX_DEPTH * 16;

        assertEquals(List.of("good", "" + below, "" + below), judge("shapes", "deep", deep));
    }

    /** Trees in one another, the last without children: count, an empty label, count of the array. */
    private static byte[] tree(int depth) {
        ByteBuffer bytes = ByteBuffer.allocate(depth * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= depth; i++) {
            int children = i < depth ? 1 : 0;
            bytes.putLong(children).putInt(0).putInt(children);
        }
        return bytes.array();
    }

    @Test
    void shouldRejectCountsThatNoMemoryHolds() throws IOException {
        ByteBuffer matrix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        List<Vector> huge = new ArrayList<>();
        for (int[] each : new int[][]{{46_340, 46_340 * 46_340}, {65_536, 0}, {-1, 1}, {Integer.MIN_VALUE, 0}}) {
            huge.add(new Vector(0, matrix.clear().putInt(each[0]).putInt(each[1]).array().clone()));
        }

        assertEquals(List.of("8", "4", "8", "4"), judge("matrix", "huge", huge));
    }

    @ParameterizedTest
    @EnumSource(VectorProgram.class)
    void shouldAskAServerInAnotherProcess(VectorProgram client) throws Exception {
        Path requests = pipe(client + "-requests");
        Path replies = pipe(client + "-replies");
        Path refused = FOLDER.resolve(client + "-refused.txt");
        Path answers = FOLDER.resolve(client + "-answers.txt");
        CompletableFuture<Void> server = VectorProgram.JAVA.start("serve", requests, replies, refused);
        client.run("ask", replies, requests, answers);
        server.get(60, TimeUnit.SECONDS);

        assertEquals(List.of("opened 68", "refused REFUSED expected a name that is free: name=taken",
                "refused FAILED expected no IllegalStateException: request=openSession, reason=boom", "done true"),
                Files.readAllLines(answers));
        assertEquals(List.of("OPEN_SESSION REFUSED false", "OPEN_SESSION FAILED true", "DOWN REFUSED false"),
                Files.readAllLines(refused));
    }

    private static Path pipe(String name) throws Exception {
        Path pipe = FOLDER.resolve(name);
        Files.deleteIfExists(pipe);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor());
        return pipe;
    }

    private static List<Vector> sample(String schema, int count) throws IOException {
        Path file = file(schema, "sample");
        VectorProgram.JAVA.run("write", schema, 9, count, file);
        return read(file);
    }

    /** The verdicts of Java, which are those of the others. */
    private static List<String> judge(String schema, String name, List<Vector> vectors) throws IOException {
        Path file = file(schema, name);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Vector each : vectors) {
            out.writeBytes(ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(each.index)
                    .putInt(each.bytes.length).array());
            out.writeBytes(each.bytes);
        }
        Files.write(file, out.toByteArray());
        List<String> first = null;
        for (VectorProgram judge : VectorProgram.values()) {
            Path verdicts = file(schema, name + "-" + judge);
            judge.run("judge", schema, file, verdicts);
            List<String> words = Files.readAllLines(verdicts);
            first = first == null ? words : first;
            assertEquals(vectors.size(), words.size());
            for (int i = 0; i < words.size(); i++) {
                assertEquals(first.get(i), words.get(i), schema + ", " + judge + ", index=" + vectors.get(i).index
                        + ", bytes=" + Arrays.toString(vectors.get(i).bytes));
            }
        }
        return first;
    }

    private static List<Vector> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Vector> vectors = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int index = bytes.getInt();
            byte[] value = new byte[bytes.getInt()];
            bytes.get(value);
            vectors.add(new Vector(index, value));
        }
        return vectors;
    }

    private static Path file(String schema, String name) {
        return FOLDER.resolve(schema + "-" + name + ".bin");
    }
}
