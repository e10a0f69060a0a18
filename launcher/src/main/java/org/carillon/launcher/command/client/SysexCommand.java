package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.launcher.command.client.SendWords.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is done with files of system exclusive messages. */
@Command(name = "sysex", description = "Send and receive files of system exclusive messages.",
        mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n",
        subcommands = {SysexCommand.Send.class, SysexCommand.Dump.class, SysexCommand.Request.class},
        footer = {"", "Example:", "  carillon sysex send synth bank.syx"})
public final class SysexCommand implements Runnable {
    private static final byte END = (byte) 0xF7;
    private static final byte BEGIN = (byte) 0xF0;
    private static final double NS_PER_S = 1e9;

    @Spec
    private CommandSpec spec;

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a verb: send, dump, request");
    }

    /** The messages of a file. */
    static List<byte[]> messages(Path file) throws IOException {
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

    /** Sends a file. */
    @Command(name = "send", description = "Send the messages of a file.", mixinStandardHelpOptions = true,
            footer = {"", Address.HELP, "", "Example:", "  carillon sysex send synth bank.syx --gap 50"})
    static final class Send extends ServerVerb {
        private static final long NS_PER_MS = 1_000_000;
        private static final int MOST_MS = 60_000;

        @Parameters(index = "0", paramLabel = "DESTINATION", description = "Where they go.")
        private String destination;

        @Parameters(index = "1", paramLabel = "FILE", description = "Messages, one after the other.")
        private Path file;

        @Option(names = "--gap", paramLabel = "MS", defaultValue = "0",
                description = "Time between two messages, 0 to 60000 ms. Default: ${DEFAULT-VALUE}.")
        private int gapMs;

        @Override
        void run() throws IOException {
            if (gapMs < 0 || gapMs > MOST_MS) {
                throw wrong("--gap must be 0 to " + MOST_MS + ": gap=" + gapMs);
            }
            List<byte[]> messages = messages(file);
            String name = new Ports(server().view()).destination(destination).name();
            try (SentMessages sent = new SentMessages(server(), name)) {
                for (int i = 0; i < messages.size(); i++) {
                    sent.send(List.of(new Message(0, messages.get(i))));
                    sent.await(i + 1 < messages.size() ? gapMs * NS_PER_MS : 0);
                }
            }
            long bytes = messages.stream().mapToLong(message -> message.length).sum();
            say(new JsonObject().add("messages", messages.size()).add("bytes", bytes).add("destination", name),
                    "sent " + messages.size() + " messages, " + bytes + " bytes, to " + name);
        }
    }

    /** Receives into a file. */
    abstract static class Receiving extends ServerVerb {
        @Option(names = {"-t", "--timeout"}, paramLabel = "SECONDS", defaultValue = "5",
                description = "End after so long a silence. Default: ${DEFAULT-VALUE}.")
        private double timeoutS;

        @Option(names = {"-n", "--count"}, paramLabel = "N", defaultValue = "2147483647",
                description = "End after so many messages.")
        private int count;

        final void receive(ReceivedSysex received, Path file) throws IOException {
            if (!(timeoutS > 0)) {
                throw wrong("--timeout must be above 0: timeout=" + timeoutS);
            }
            byte[] bytes = received.await(count, Math.round(timeoutS * NS_PER_S));
            if (received.messages() == 0) {
                throw new CarillonException(Kind.TIMED_OUT, "no message came: timeoutS=" + timeoutS);
            }
            Files.write(file, bytes);
            say(new JsonObject().add("messages", received.messages()).add("bytes", bytes.length)
                    .add("file", file.toString()),
                    "received " + received.messages() + " messages, " + bytes.length
                            + " bytes, into " + file);
        }
    }

    /** Receives what a device sends by itself. */
    @Command(name = "dump", description = "Write the messages that come from a source to a file.",
            mixinStandardHelpOptions = true,
            footer = {"", Address.HELP, "", "Example:", "  carillon sysex dump synth bank.syx --timeout 10"})
    static final class Dump extends Receiving {
        @Parameters(index = "0", paramLabel = "SOURCE", description = "Where they come from.")
        private String source;

        @Parameters(index = "1", paramLabel = "FILE", description = "Written, or written over.")
        private Path file;

        @Override
        void run() throws IOException {
            String name = new Ports(server().view()).source(source).name();
            try (ReceivedSysex received = new ReceivedSysex(server(), name)) {
                receive(received, file);
            }
        }
    }

    /** Asks a device and receives what it answers. */
    @Command(name = "request", description = "Send a message, and write the answers to a file.",
            mixinStandardHelpOptions = true, footer = {"", Address.HELP, "", "Example:",
                "  carillon sysex request synth synth identity.syx --hex 'F0 7E 7F 06 01 F7' --count 1"})
    static final class Request extends Receiving {
        @Parameters(index = "0", paramLabel = "DESTINATION", description = "Who is asked.")
        private String destination;

        @Parameters(index = "1", paramLabel = "SOURCE", description = "Where the answers come from.")
        private String source;

        @Parameters(index = "2", paramLabel = "FILE", description = "Written, or written over.")
        private Path file;

        @Option(names = "--hex", required = true, paramLabel = "BYTES", description = "The whole message.")
        private String hex;

        @Override
        void run() throws IOException {
            Ports ports = new Ports(server().view());
            String to = ports.destination(destination).name();
            byte[] question = SendWords.hex(hex);
            try (ReceivedSysex received = new ReceivedSysex(server(), ports.source(source).name());
                    SentMessages sent = new SentMessages(server(), to)) {
                sent.send(List.of(new Message(0, question)));
                receive(received, file);
            }
        }
    }
}
