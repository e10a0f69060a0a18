package org.carillon.sequencer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Puts files together byte by byte, sound ones and others. */
final class FileBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static FileBytes header(int format, int tracks, int division) {
        return new FileBytes().ascii("MThd").number(6, 4).number(format, 2).number(tracks, 2).number(division, 2);
    }

    FileBytes ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    FileBytes number(int value, int lengthBytes) {
        for (int i = lengthBytes - 1; i >= 0; i--) {
            out.write(value >> i * 8);
        }
        return this;
    }

    FileBytes raw(String hex) {
        out.writeBytes(hex(hex));
        return this;
    }

    FileBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    FileBytes track(String hex) {
        return track(hex(hex).length, hex);
    }

    FileBytes track(int declaredLength, String hex) {
        return ascii("MTrk").number(declaredLength, 4).raw(hex);
    }

    byte[] done() {
        return out.toByteArray();
    }
}
