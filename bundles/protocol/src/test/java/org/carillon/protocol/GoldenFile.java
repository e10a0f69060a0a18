package org.carillon.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The golden file as text: its grammar stands in its own head. */
final class GoldenFile {
    static final String RESOURCE = "golden-records.txt";

    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES_IN_LINE = 32;
    private static final String BYTES = "bytes";
    private static final String HEAD = """
            # Golden records of the Carillon protocol, version 1.
            #
            # Every implementation, in whatever language, must make exactly these bytes from these fields, and read
            # exactly these fields from these bytes. The layout is drawn in Event, ServerClock, StatusPage and
            # SessionMemory.
            #
            #   file   = { comment | blank | block }            comments start with "#" in the first column
            #   block  = kind " " name newline { field } bytes  a blank line ends it
            #   kind   = "record" | "clock" | "status-head" | "session" | "port" | "connection"
            #            | "to-server" | "to-client"
            #   field  = key [ " " value ] newline              value: the rest of the line, may be empty
            #   bytes  = "bytes" newline { "  " hex newline }   32 bytes to a line, in order of memory
            #
            # Numbers are decimal and signed. "data" and "payload" are bytes in hex, in order of memory. "flags" are
            # the words begin, end, incomplete. "task" holds the four words of a task. Names are UTF-8. "offset" is
            # where in the status page the bytes stand. "to-server" and "to-client" are the two segments of a session
            # from their start to the end of the records in "data".
            """;

    private GoldenFile() {}

    /** Writes the file that is checked in: argument 0 is its path. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), format(GoldenSamples.all()));
    }

    static String read() throws IOException {
        try (InputStream in = GoldenFile.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String format(List<GoldenBlock> blocks) {
        StringBuilder text = new StringBuilder(HEAD);
        for (GoldenBlock block : blocks) {
            text.append('\n').append(block).append('\n');
            block.fields().forEach((key, value) -> text.append(value.isEmpty() ? key : key + " " + value).append('\n'));
            text.append(BYTES).append('\n');
            for (int from = 0; from < block.bytes().length; from += BYTES_IN_LINE) {
                int to = Math.min(from + BYTES_IN_LINE, block.bytes().length);
                text.append("  ").append(HEX.formatHex(block.bytes(), from, to)).append('\n');
            }
        }
        return text.toString();
    }

    static List<GoldenBlock> parse(String text) {
        List<GoldenBlock> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : (text + "\n\n").split("\n", -1)) {
            if (line.isBlank()) {
                if (!lines.isEmpty()) {
                    blocks.add(block(lines));
                    lines.clear();
                }
            } else if (!line.startsWith("#")) {
                lines.add(line);
            }
        }
        return blocks;
    }

    private static GoldenBlock block(List<String> lines) {
        int bytesAt = lines.indexOf(BYTES);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines.subList(1, bytesAt)) {
            String[] parts = line.split(" ", 2);
            fields.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        String[] title = lines.get(0).split(" ", 2);
        StringBuilder hex = new StringBuilder();
        lines.subList(bytesAt + 1, lines.size()).forEach(line -> hex.append(line.strip()));
        return new GoldenBlock(title[0], title[1], fields, HEX.parseHex(hex));
    }
}
