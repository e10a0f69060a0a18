package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The other end of a terminal: what is plugged in, and pulled out when this is closed. */
final class PseudoTerminal implements AutoCloseable {
    private static final int READ_WRITE_NO_CONTROL = 0402; // O_RDWR | O_NOCTTY
    private static final int BLOCK = 1 << 16;

    private final int master;
    final Path path;

    PseudoTerminal() throws IOException {
        master = call("posix_openpt", READ_WRITE_NO_CONTROL);
        check(master >= 0 && call("grantpt", master) == 0 && call("unlockpt", master) == 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(100);
            MethodHandle ptsname = handle("ptsname_r", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
            check((int) ptsname.invokeExact(master, name, name.byteSize()) == 0);
            path = Path.of(name.getString(0));
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static void check(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("no pseudo terminal");
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name), type);
    }

    private static int call(String name, int argument) throws IOException {
        try {
            return (int) handle(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                    .invokeExact(argument);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private long transfer(String name, MemorySegment bytes, long length) throws IOException {
        try {
            return (long) handle(name, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)).invokeExact(master, bytes, length);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    void write(byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            for (long at = 0; at < bytes.length;) {
                long count = transfer("write", all.asSlice(at), bytes.length - at);
                check(count > 0);
                at += count;
            }
        }
    }

    /** Reads exactly so many bytes. */
    byte[] read(int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(length + (long) BLOCK);
            for (long at = 0; at < length;) {
                long count = transfer("read", all.asSlice(at), length - at);
                check(count > 0);
                at += count;
            }
            return all.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public void close() throws IOException {
        call("close", master);
    }
}
