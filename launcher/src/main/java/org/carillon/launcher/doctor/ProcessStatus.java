package org.carillon.launcher.doctor;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who this process is and what it may: /proc/self/status, {@code Name: value} lines as in {@code proc(5)}. */
record ProcessStatus(String text) {
    /** Bits of CapEff, as in {@code linux/capability.h}. */
    static final int CAP_IPC_LOCK = 14;
    static final int CAP_SYS_NICE = 23;
    static final int CAP_SYS_RESOURCE = 24;

    private static final String FILE = "proc/self/status";
    private static final int EFFECTIVE = 1;
    private static final int HEX = 16;

    static ProcessStatus of(Tree tree) {
        return new ProcessStatus(tree.read(FILE).orElse(""));
    }

    /** Empty where the line is missing; an empty text where there is nothing behind its name. */
    Optional<String> value(String name) {
        return text.lines().filter(line -> line.startsWith(name + ":")).findFirst()
                .map(line -> line.substring(name.length() + 1).strip());
    }

    OptionalLong effectiveUid() {
        return column("Uid", EFFECTIVE);
    }

    /** False too where the line is missing. */
    boolean mayByCapability(int bit) {
        try {
            return value("CapEff").map(hex -> Long.parseUnsignedLong(hex, HEX)).map(bits -> (bits >>> bit & 1) == 1)
                    .orElse(false);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Numbers of all groups of the process; empty where they cannot be read. */
    Optional<Set<Long>> groups() {
        Optional<String> line = value("Groups");
        OptionalLong first = column("Gid", EFFECTIVE);
        if (line.isEmpty() || first.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> groups = new LinkedHashSet<>(List.of(first.getAsLong()));
        for (String word : words(line.get())) {
            OptionalLong number = Numbers.parse(word);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            groups.add(number.getAsLong());
        }
        return Optional.of(groups);
    }

    private OptionalLong column(String name, int index) {
        List<String> columns = words(value(name).orElse(""));
        return index < columns.size() ? Numbers.parse(columns.get(index)) : OptionalLong.empty();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}
