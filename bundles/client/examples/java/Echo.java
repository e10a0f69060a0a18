import java.util.concurrent.atomic.AtomicLong;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.Receiver;

/** java -cp ... Echo.java [--count N]: sends back through echo:out whatever comes to echo:in. */
public final class Echo {
    private static final int LOOK_MS = 5;

    public static void main(String[] args) throws InterruptedException {
        long count = args.length == 2 && args[0].equals("--count") ? Long.parseLong(args[1]) : -1;
        AtomicLong sent = new AtomicLong();
        AtomicLong lost = new AtomicLong();
        try (CarillonClient client = CarillonClient.named("echo")) {
            ClientSession session = client.open("echo");
            ClientSource out = session.source("out");
            session.destination("in");
            try (Receiver receiver = session.receive(event -> {
                (out.sendCopy(0, event) ? sent : lost).incrementAndGet();
                out.flush();
            }, Receiver.DEFAULT_PRIORITY)) {
                System.out.println("listening");
                while (count < 0 || sent.get() + lost.get() < count) {
                    Thread.sleep(LOOK_MS);
                }
                receiver.grants().forEach(grant -> System.out.println(grant.message()));
            }
            System.out.println("sent=" + sent + " lost=" + lost);
        } catch (ClientException e) {
            System.err.println("echo: " + e.getMessage());
            System.exit(1);
        }
    }
}
