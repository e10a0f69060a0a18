package org.carillon.launcher.command.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;

/** Reads files of system exclusive messages, one after the other. */
final class SysexFile {
    private static final byte END = (byte) 0xF7;
    private static final byte BEGIN = (byte) 0xF0;

    private SysexFile() {}

    /** The messages of a file. */
    static List<byte[]> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "no such file: file=" + file);
        }
        byte[] bytes = Files.readAllBytes(file);
        List<byte[]> messages = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean isFirst = i == from;
            if (isFirst ? bytes[i] != BEGIN : bytes[i] < 0 && bytes[i] != END) {
                throw new CarillonException(Kind.WRONG_USAGE, "file must hold system exclusive messages only: file="
                        + file + ", offset=" + i + ", byte=" + (bytes[i] & 0xFF));
            }
            if (bytes[i] == END) {
                messages.add(Arrays.copyOfRange(bytes, from, i + 1));
                from = i + 1;
            }
        }
        if (from < bytes.length || messages.isEmpty()) {
            throw new CarillonException(Kind.WRONG_USAGE, "file must end with the end of a message: file=" + file
                    + ", lengthBytes=" + bytes.length);
        }
        return messages;
    }
}
