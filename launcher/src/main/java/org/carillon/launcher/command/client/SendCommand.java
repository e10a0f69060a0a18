package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.launcher.command.client.SendWords.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends messages to a port. */
@Command(name = "send", description = "Send messages to a destination. The program stays until the last one is due; "
        + "notes that sound then are ended.", mixinStandardHelpOptions = true,
        footer = {"", "Words: ch 1..16, on NOTE VELOCITY, off NOTE, pp NOTE N, cc N N, pc N, cp N, pb 0..16383, spp N, "
                + "ss N, qf N, syx BYTES in hexadecimal, tune, clock, start, continue, stop, as, reset; at +SECONDS or "
                + "at +HH:MM:SS.S dates what follows, and the server keeps the time. Middle C is C4, 60. In a file # "
                + "begins a comment.",
            Address.HELP, "", "Example:",
            "  carillon send synth ch 1 on C4 100 at +0.5 off C4",
            "  carillon send synth cc 7 64 at +00:00:01.500 cc 7 0",
            "  carillon send synth --hex 'F0 7E 7F 06 01 F7'", "  carillon send synth --file words.txt",
            "  echo 'on C4 100' | carillon send synth -"})
public final class SendCommand extends ServerVerb {
    private static final String INPUT = "-";
    private static final double NS_PER_S = 1e9;
    private static final double MOST_SECONDS = 86_400;

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "Where they go.")
    private String destination;

    @Parameters(index = "1..*", paramLabel = "WORDS",
            description = "Messages in words; - reads them from standard input, each line as it comes.")
    private List<String> words = List.of();

    @Option(names = "--hex", paramLabel = "BYTES", description = "One whole message in hexadecimal digits.")
    private String hex;

    @Option(names = "--file", paramLabel = "FILE", description = "Words in a file, as 'carillon tap --save' writes "
            + "them, or system exclusive messages where it is named .syx.")
    private Path file;

    @Option(names = "--hold", paramLabel = "SECONDS", defaultValue = "0",
            description = "Stay so long after the last message: what sounds goes on sounding.")
    private double holdS;

    private int count;

    @Override
    void run() throws IOException {
        if ((words.isEmpty() ? 0 : 1) + (hex == null ? 0 : 1) + (file == null ? 0 : 1) != 1) {
            throw wrong("expected one of WORDS, -, --hex and --file");
        }
        if (!(holdS >= 0 && holdS <= MOST_SECONDS)) {
            throw wrong("--hold must be 0 to " + (int) MOST_SECONDS + " seconds: hold=" + holdS);
        }
        boolean isInput = words.equals(List.of(INPUT));
        List<Message> messages = isInput ? List.of() : messages();
        String name = new Ports(server().view()).destination(destination).name();
        try (SentMessages sent = new SentMessages(server(), name)) {
            sent.send(messages);
            count = messages.size();
            if (isInput) {
                sendInput(sent);
            }
            sent.await(Math.round(holdS * NS_PER_S));
        }
        say(new JsonObject().add("sent", count).add("destination", name), "sent " + count + " to " + name);
    }

    private List<Message> messages() throws IOException {
        if (hex != null) {
            return List.of(new Message(0, SendWords.hex(hex)));
        }
        if (file == null) {
            return SendWords.parse(words);
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".syx")) {
            return SysexFile.read(file).stream().map(bytes -> new Message(0, bytes)).toList();
        }
        if (!Files.isRegularFile(file)) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "no such file: file=" + file);
        }
        return SendWords.parse(Files.readAllLines(file).stream().flatMap(line -> SendWords.ofLine(line).stream())
                .toList());
    }

    /** Sends each line as it comes; dates count from there. */
    private void sendInput(SentMessages sent) throws IOException {
        SendWords lines = new SendWords();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = input.readLine()) != null) {
            List<Message> messages = lines.read(SendWords.ofLine(line));
            sent.send(messages);
            count += messages.size();
        }
    }
}
