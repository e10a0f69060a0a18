package org.carillon.bench.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.carillon.bench.process.Answers;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;

/** A program with guests in Java. */
public final class JavaGuests {
    private final CarillonClient client;
    private final Map<String, JavaGuest> guests = new HashMap<>();

    private JavaGuests(Path socket) {
        client = new CarillonClient(ClientOptions.named("soak Java").at(socket).startedBy());
    }

    /** @param args the server's socket. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            Answers.give(new JavaGuests(Path.of(args[0]))::answer);
        } catch (RuntimeException e) {
            System.err.println(e);
            System.exit(1);
        }
        System.exit(0); // guests that have not left are gone with this process
    }

    private Map<String, Double> answer(String[] words) {
        String name = words[1];
        if (words[0].equals("open")) {
            JavaGuest guest = new JavaGuest(client, name, Integer.parseInt(words[2]), Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]));
            guests.put(name, guest);
            return guest.opened();
        }
        Map<String, Double> answer = guests.get(name).ask(words);
        if (words[0].equals("leave")) {
            guests.remove(name);
        }
        return answer;
    }
}
