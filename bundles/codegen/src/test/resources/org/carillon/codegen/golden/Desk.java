package golden;

import golden.desk.Connect;
import golden.desk.DeskClient;
import golden.desk.DeskDispatcher;
import golden.desk.DeskHandler;
import golden.desk.DeskRequest;
import golden.desk.Done;
import golden.desk.OpenSession;
import golden.desk.Refused;
import golden.desk.SessionOpened;
import golden.desk.WireChannel;
import golden.desk.WireMessage;
import golden.desk.WireRefusal;
import golden.desk.WireRight;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server and a client of the requests, over two pipes. */
final class Desk implements DeskHandler {
    private final List<String> refusals = new ArrayList<>();

    /** Answers requests until the client is gone; every refusal becomes a line of the file. */
    static void serve(Path in, Path out, Path told) throws IOException {
        Desk desk = new Desk();
        DeskDispatcher dispatcher = new DeskDispatcher(desk);
        byte[] reply = new byte[DeskDispatcher.MIN_REPLY_LENGTH];
        try (DataInputStream from = new DataInputStream(Files.newInputStream(in));
                OutputStream to = Files.newOutputStream(out)) {
            while (true) {
                int id = Integer.reverseBytes(from.readInt());
                byte[] request = from.readNBytes(Integer.reverseBytes(from.readInt()));
                int length = (int) dispatcher.dispatch(id, WireRight.WIRE, MemorySegment.ofArray(request), 0,
                        request.length, MemorySegment.ofArray(reply), 0);
                if (length > 0) {
                    to.write(ints(length));
                    to.write(reply, 0, length);
                    to.flush();
                }
            }
        } catch (EOFException e) {
            Files.write(told, desk.refusals);
        }
    }

    @Override
    public SessionOpened openSession(OpenSession request) throws WireRefusal {
        if (request.name().equals("taken")) {
            throw new WireRefusal(WireRefusal.REFUSED, "expected a name that is free: name=" + request.name());
        }
        if (request.name().equals("boom")) {
            throw new IllegalStateException(request.name());
        }
        return new SessionOpened(request.capacity() + request.name().length());
    }

    @Override
    public Done connect(Connect request) {
        return new Done();
    }

    @Override
    public void down(Done request) {
        throw new AssertionError("expected that nobody may");
    }

    @Override
    public void refused(DeskRequest request, Refused refused, RuntimeException cause) {
        refusals.add(request + " " + refused.code() + " " + (cause != null));
    }

    /** Asks, and has a line for every answer. */
    static List<String> ask(Path in, Path out) throws IOException {
        List<String> lines = new ArrayList<>();
        try (OutputStream to = Files.newOutputStream(out); InputStream from = Files.newInputStream(in)) {
            DeskClient client = new DeskClient(new WireChannel() {
                @Override
                public MemorySegment call(int requestId, WireMessage request) throws IOException {
                    send(requestId, request);
                    int length = ByteBuffer.wrap(from.readNBytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
                    return MemorySegment.ofArray(from.readNBytes(length));
                }

                @Override
                public void send(int requestId, WireMessage request) throws IOException {
                    byte[] bytes = new byte[(int) request.encodedLength()];
                    request.encode(MemorySegment.ofArray(bytes), 0);
                    to.write(ints(requestId, bytes.length));
                    to.write(bytes);
                    to.flush();
                }
            });
            for (String name : List.of("hall", "taken", "boom")) {
                try {
                    lines.add("opened " + client.openSession(new OpenSession(name, 64)).session());
                } catch (WireRefusal e) {
                    lines.add("refused " + e.code() + " " + e.getMessage());
                }
            }
            client.down(new Done());
            lines.add("done " + client.connect(new Connect("a", "b", true)).equals(new Done()));
        }
        return lines;
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int each : values) {
            bytes.putInt(each);
        }
        return bytes.array();
    }
}
