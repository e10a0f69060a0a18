package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.platform.device.AlsaCard;
import org.carillon.platform.device.Holder;

/** A file that bytes of MIDI come from and go to, as long as it stays the same file. */
final class DeviceFile {
    private static final Path PROC = Path.of("/proc");
    private static final Path SYS = Path.of("/sys");
    private static final int TYPE_MASK = 0170000;
    private static final int FIFO = 0010000;
    /** How long an input or output of a higher number waits for those of lower ones to be opened. */
    private static final long TURN_LIMIT_NS = 2_000_000_000L;
    private static final long TURN_LOOK_NS = 20_000_000L;

    final Path path;
    /** What the path stood for when it was found; the system gives it to no other file while this one is open. */
    private final Object key;
    private final Path realPath;
    private final boolean isRegular;
    private final boolean isFifo;
    private final Optional<AlsaCard> card;
    private int inputs;
    private int outputs;
    /** Of each input and output. */
    private List<DeviceEvidence> streams = List.of();

    /** @throws IOException where there is no such file. */
    DeviceFile(Path path) throws IOException {
        this(path, PROC, SYS);
    }

    /** @param proc and {@code sys}: where the system tells of its devices. */
    DeviceFile(Path path, Path proc, Path sys) throws IOException {
        this.path = path;
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        key = key(attributes);
        realPath = path.toRealPath();
        isRegular = attributes.isRegularFile() || attributes.isDirectory();
        isFifo = attributes.isOther() && mode(path) == FIFO;
        card = AlsaCard.of(realPath, proc, sys);
    }

    private static Object key(BasicFileAttributes attributes) {
        return attributes.fileKey() == null ? "" : attributes.fileKey();
    }

    private static int mode(Path path) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:mode");
            return (int) attributes.get("mode") & TYPE_MASK;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return 0; // a system without FIFOs among its files
        }
    }

    /** Whether the path still stands for this file. */
    boolean isStillThere() {
        try {
            return key.equals(key(Files.readAttributes(path, BasicFileAttributes.class)));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the system has not yet told all about it. */
    boolean isStillComing() {
        return card.isPresent() && card.get().isStillComing();
    }

    /**
     * Reads what the system tells of it, to keep: while a device goes, the system takes its words back one by one, and
     * what is left of them would describe another device.
     *
     * @return whether the device was there, with all its words, from beginning to end.
     */
    boolean read() {
        boolean isTold = !isStillComing(); // before, too: it may come while we read
        inputs = streamCount(true);
        outputs = streamCount(false);
        streams = IntStream.range(0, Math.max(inputs, outputs)).mapToObj(this::evidence).toList();
        return isTold && isStillThere() && !isStillComing();
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /** Of each input and output, as it was read. */
    List<DeviceEvidence> streams() {
        return streams;
    }

    /** What every driver calls it by. */
    String address() {
        return realPath.toString();
    }

    /** Whether it stands for a line of 3125 bytes a second, as far as the system tells. */
    boolean isOnSlowLine() {
        return card.isPresent() && !card.get().isOnUsb();
    }

    /** How many inputs or outputs it has, each a port. */
    private int streamCount(boolean input) {
        return card.flatMap(AlsaCard::streams).map(streams -> streams.count(input)).orElse(1);
    }

    DeviceEvidence evidence(int stream) {
        return card
                .map(it -> new DeviceEvidence(it.serial(), it.busPath(), it.product(), it.portName(stream),
                        it.port(stream)))
                .orElseGet(() -> new DeviceEvidence("", realPath.toString(), "", path.getFileName().toString(), ""));
    }

    /**
     * Opens it in one direction. Reading and writing need a channel each: a read that waits would hold up a write.
     * Opened one at a time, since each gets the lowest input or output that is free.
     *
     * @param stream  which input or output, from 0.
     * @param bothWays whether it is used in both directions.
     */
    synchronized FileChannel open(boolean input, int stream, boolean bothWays) throws IOException {
        checkStillThere();
        FileChannel opened = openPath(input, stream, bothWays);
        try {
            checkStillThere(); // else it is another device, which came meanwhile
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        notifyAll();
        return opened;
    }

    private void checkStillThere() throws IOException {
        if (!isStillThere()) {
            throw new IOException("device has gone: path=" + path);
        }
    }

    private FileChannel openPath(boolean input, int stream, boolean bothWays) throws IOException {
        if (isRegular) {
            throw new IOException("path must be a device file or a FIFO: path=" + path);
        }
        if (isFifo) {
            if (bothWays) {
                throw new IOException("a FIFO has one direction, in or out: path=" + path);
            }
            // in both ways, so that neither opening waits for a peer nor its going ends anything
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        if (Terminal.is(realPath)) {
            Terminal.prepare(realPath, input);
        }
        if (!isNext(input, stream)) {
            throw new BusyException(path, realPath); // opening it would wait, or get another one
        }
        try {
            return FileChannel.open(path, Set.of(input ? StandardOpenOption.READ : StandardOpenOption.WRITE));
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).contains("busy")) {
                throw new BusyException(path, realPath);
            }
            throw e;
        }
    }

    /**
     * Whether who opens the file next gets this input or output. Those of lower numbers are opened by others of our
     * threads, in any order, so they are waited for.
     */
    private boolean isNext(boolean input, int stream) throws IOException {
        long untilNs = System.nanoTime() + TURN_LIMIT_NS;
        int lowestFree = lowestFree(input, stream);
        while (lowestFree >= 0 && lowestFree < stream && System.nanoTime() - untilNs < 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, TURN_LOOK_NS);
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted while a device was opened: path=" + path);
            }
            checkStillThere();
            lowestFree = lowestFree(input, stream);
        }
        return lowestFree == stream;
    }

    /** Where the system does not tell, the one that is wanted. */
    private int lowestFree(boolean input, int wanted) {
        return card.flatMap(AlsaCard::streams).map(told -> told.lowestFree(input)).orElse(wanted);
    }

    /** Somebody else has it. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        BusyException(Path path, Path realPath) {
            super("device is busy: path=" + path + ", holder=" + Holder.of(realPath, PROC));
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
