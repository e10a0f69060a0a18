package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.carillon.launcher.command.client.SendWords.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends messages to a port. */
@Command(name = "send", description = "Send messages to a destination. The program stays until the last one is due; "
        + "notes that sound then are ended.", mixinStandardHelpOptions = true,
        footer = {"", "Words: ch 1..16, on NOTE VELOCITY, off NOTE, pp NOTE N, cc N N, pc N, cp N, pb 0..16383, spp N, "
                + "ss N, syx BYTES in hexadecimal, tune, clock, start, continue, stop, as, reset; at +SECONDS dates "
                + "what follows. Middle C is C4, 60.",
            Address.HELP, "", "Example:",
            "  carillon send synth ch 1 on C4 100 at +0.5 off C4", "  carillon send synth --hex 'F0 7E 7F 06 01 F7'"})
public final class SendCommand extends ServerVerb {
    private static final double NS_PER_S = 1e9;
    private static final double MOST_SECONDS = 86_400;

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "Where they go.")
    private String destination;

    @Parameters(index = "1..*", paramLabel = "WORDS", description = "Messages in words.")
    private List<String> words = List.of();

    @Option(names = "--hex", paramLabel = "BYTES", description = "One whole message in hexadecimal digits.")
    private String hex;

    @Option(names = "--hold", paramLabel = "SECONDS", defaultValue = "0",
            description = "Stay so long after the last message: what sounds goes on sounding.")
    private double holdS;

    @Override
    void run() {
        if (words.isEmpty() == (hex == null)) {
            throw wrong("expected WORDS or --hex");
        }
        if (!(holdS >= 0 && holdS <= MOST_SECONDS)) {
            throw wrong("--hold must be 0 to " + (int) MOST_SECONDS + " seconds: hold=" + holdS);
        }
        List<Message> messages = hex == null ? SendWords.parse(words) : List.of(new Message(0, SendWords.hex(hex)));
        String name = new Ports(server().view()).destination(destination).name();
        try (SentMessages sent = new SentMessages(server(), name)) {
            sent.send(messages);
            sent.await(Math.round(holdS * NS_PER_S));
        }
        say(new JsonObject().add("sent", messages.size()).add("destination", name), "sent " + messages.size() + " to "
                + name);
    }
}
