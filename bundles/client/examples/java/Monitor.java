import java.util.HexFormat;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientSession;
import org.carillon.protocol.EventType;

/** java -cp ... Monitor.java [--count N] PORT...: prints what comes out of ports, a line for each event. */
public final class Monitor {
    private static final int MAX_BYTES = 16;
    private static long count = -1;

    public static void main(String[] args) {
        try (CarillonClient client = CarillonClient.named("monitor")) {
            ClientSession session = client.open("monitor");
            session.destination("in");
            for (int i = 0; i < args.length; i++) {
                if (args[i].equals("--count") && i + 1 < args.length) {
                    count = Long.parseLong(args[++i]);
                } else {
                    session.connect(args[i], "monitor:in");
                }
            }
            System.out.println("listening");
            while (count != 0) {
                int polled = session.poll(event -> {
                    byte[] bytes = new byte[Math.min(MAX_BYTES, event.payloadLength())];
                    event.payload(bytes, 0, bytes.length);
                    System.out.println(event.timeNs() + " " + EventType.name(event.type()) + " ch "
                            + (event.channel() + 1) + " " + HexFormat.ofDelimiter(" ").formatHex(bytes));
                    count -= count > 0 ? 1 : 0;
                }, 64);
                if (polled == 0 && count != 0) {
                    session.await(Long.MAX_VALUE);
                }
            }
        } catch (ClientException e) {
            System.err.println("monitor: " + e.getMessage());
            System.exit(1);
        }
    }
}
