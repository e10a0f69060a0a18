package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.platform.device.AlsaCard;
import org.carillon.platform.device.Holder;

/** A file that bytes of MIDI come from and go to, as long as it stays the same file. */
final class DeviceFile {
    private static final Path PROC = Path.of("/proc");
    private static final Path SYS = Path.of("/sys");
    private static final int TYPE_MASK = 0170000;
    private static final int FIFO = 0010000;

    final Path path;
    /** What the path stood for when it was found; the system gives it to no other file while this one is open. */
    private final Object key;
    private final Path realPath;
    private final boolean isRegular;
    private final boolean isFifo;
    private final Optional<AlsaCard> card;

    /** @throws IOException where there is no such file. */
    DeviceFile(Path path) throws IOException {
        this.path = path;
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        key = key(attributes);
        realPath = path.toRealPath();
        isRegular = attributes.isRegularFile() || attributes.isDirectory();
        isFifo = attributes.isOther() && mode(path) == FIFO;
        card = AlsaCard.of(realPath, PROC, SYS);
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

    /** What every driver calls it by. */
    String address() {
        return realPath.toString();
    }

    /** Whether it stands for a line of 3125 bytes a second, as far as the system tells. */
    boolean isOnSlowLine() {
        return card.isPresent() && !card.get().isOnUsb();
    }

    /** How many inputs or outputs it has, each a port. */
    int streamCount(boolean input) {
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
        Optional<AlsaCard.Streams> streams = card.flatMap(AlsaCard::streams);
        if (streams.isPresent() && streams.get().lowestFree(input) != stream) {
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
