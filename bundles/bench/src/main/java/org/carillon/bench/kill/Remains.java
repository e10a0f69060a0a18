package org.carillon.bench.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.protocol.Event;

/**
 * What a victim in Java leaves behind: the ring to the server, kept open from before its death. Only who may look into
 * another process' memory map (proc_pid_map_files(5)) gets at it.
 */
final class Remains implements AutoCloseable {
    private static final String RING = "/memfd:carillon-to-server";
    private static final long HEAD_LENGTH = 1_024;
    private static final long TAIL_OFFSET = 128;
    private static final int PADDING_TYPE = -1;

    private final FileChannel file;

    private Remains(FileChannel file) {
        this.file = file;
    }

    /** Of a process that lives; empty where it has none, or this one has no right to look. */
    static Optional<Remains> of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<String> maps = Files.lines(process.resolve("maps"))) {
            Optional<String> range = maps.filter(line -> line.contains(RING)).map(line -> line.split(" ", 2)[0])
                    .findFirst();
            return range.isEmpty() ? Optional.empty()
                    : Optional.of(new Remains(
                            FileChannel.open(process.resolve("map_files").resolve(range.get()),
                                    StandardOpenOption.READ)));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // not permitted, or it has gone
        }
    }

    /**
     * Whether the record that was begun last lies, in part, beyond what is published: behind the tail, or behind the
     * padding there. What is left of older rounds of the ring has lower numbers. After the victim's death.
     */
    boolean holdsUnpublished(long number) {
        try (Arena arena = Arena.ofConfined()) {
            return number != 0
                    && holdsUnpublished(file.map(MapMode.READ_ONLY, 0, file.size(), arena), number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean holdsUnpublished(MemorySegment memory, long number) {
        MemorySegment data = memory.asSlice(HEAD_LENGTH);
        long index = memory.get(ValueLayout.JAVA_LONG, TAIL_OFFSET) & data.byteSize() - 1;
        long rest = data.byteSize() - index;
        boolean isPadded = data.get(ValueLayout.JAVA_INT, index) == rest
                && data.get(ValueLayout.JAVA_INT, index + Event.TYPE_OFFSET) == PADDING_TYPE;
        return rest >= Event.HEADER_LENGTH && isAt(data, index, number) || isPadded && isAt(data, 0, number);
    }

    private static boolean isAt(MemorySegment data, long index, long number) {
        return data.get(ValueLayout.JAVA_LONG, index + Event.TIME_NS_OFFSET) == Numbered.date(number);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
