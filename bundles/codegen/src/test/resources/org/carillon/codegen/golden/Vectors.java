package golden;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes values, reads and writes them again, or says where they are wrong: write|again|judge SCHEMA ... */
@SuppressWarnings("cast")
public final class Vectors {
    private static final int HEADER_LENGTH = 8;

    private Vectors() {}

    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[arguments.length - 1]);
        if (arguments[0].equals("serve")) {
            Desk.serve(Path.of(arguments[1]), Path.of(arguments[2]), out);
            return;
        }
        if (arguments[0].equals("ask")) {
            Files.write(out, Desk.ask(Path.of(arguments[1]), Path.of(arguments[2])));
            return;
        }
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(out))) {
            if (arguments[0].equals("write")) {
                Draw draw = new Draw(Long.parseLong(arguments[2]));
                for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                    int index = i % count(arguments[1]);
                    write(stream, index, make(arguments[1], index, draw));
                }
                return;
            }
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[2]))).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                int index = in.getInt();
                byte[] bytes = new byte[in.getInt()];
                in.get(bytes);
                if (arguments[0].equals("again")) {
                    write(stream, index, again(arguments[1], index, bytes));
                } else {
                    stream.write((verdict(arguments[1], index, bytes) + "\n").getBytes());
                }
            }
        }
    }

    private static void write(OutputStream stream, int index, byte[] bytes) throws IOException {
        stream.write(ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(index)
                .putInt(bytes.length).array());
        stream.write(bytes);
    }

    private static String verdict(String schema, int index, byte[] bytes) throws IOException {
        try {
            return Arrays.equals(bytes, again(schema, index, bytes)) ? "good" : "differs";
        } catch (IOException e) {
            return e.getClass().getSimpleName().equals("WireException")
                    ? e.getMessage().replaceFirst("(?s).*, offset=", "")
                    : e.toString();
        }
    }

$switches$
}
