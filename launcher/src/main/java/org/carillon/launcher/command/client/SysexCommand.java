package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.launcher.command.StatusLine;
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
    private static final double NS_PER_S = 1e9;

    @Spec
    private CommandSpec spec;

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a verb: send, dump, request");
    }

    /** Shown where somebody looks, on standard error. */
    private static StatusLine status(ServerVerb verb) {
        return new StatusLine(verb.error(), StatusLine.isTerminal());
    }

    private static String checksum(CRC32 sum) {
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    /** Sends a file. */
    @Command(name = "send", description = "Send the messages of a file.", mixinStandardHelpOptions = true,
            footer = {"", Address.HELP, "", "Example:", "  carillon sysex send synth bank.syx --gap 50",
                "  carillon sysex send synth bank.syx --rate 3125 --verify"})
    static final class Send extends ServerVerb {
        private static final long NS_PER_MS = 1_000_000;
        private static final int MOST_MS = 60_000;
        private static final long VERIFY_NS = 10_000_000_000L;

        @Parameters(index = "0", paramLabel = "DESTINATION", description = "Where they go.")
        private String destination;

        @Parameters(index = "1", paramLabel = "FILE", description = "Messages, one after the other.")
        private Path file;

        @Option(names = "--gap", paramLabel = "MS", defaultValue = "0",
                description = "Time between two messages, 0 to 60000 ms. Default: ${DEFAULT-VALUE}.")
        private int gapMs;

        @Option(names = "--rate", paramLabel = "BYTES/S", description = "Wait after each message as long as a cable of "
                + "this rate would take for it; 3125 is the rate of MIDI's own cable.")
        private Double rate;

        @Option(names = "--verify", description = "Wait after each message until it has gone to the destination, and "
                + "compare. What the device does with it, its own answer must tell.")
        private boolean verify;

        @Override
        void run() throws IOException {
            if (gapMs < 0 || gapMs > MOST_MS) {
                throw wrong("--gap must be 0 to " + MOST_MS + ": gap=" + gapMs);
            }
            if (rate != null && !(rate >= 1)) {
                throw wrong("--rate must be 1 or more: rate=" + rate);
            }
            List<byte[]> messages = SysexFile.read(file);
            long bytes = messages.stream().mapToLong(message -> message.length).sum();
            String name = new Ports(server().view()).destination(destination).name();
            CRC32 sum = new CRC32();
            StatusLine status = status(this);
            try (ReceivedSysex gone = verify ? ReceivedSysex.to(server(), name) : null;
                    SentMessages sent = new SentMessages(server(), name)) {
                for (int i = 0; i < messages.size(); i++) {
                    byte[] message = messages.get(i);
                    sent.send(List.of(new Message(0, message)));
                    sum.update(message);
                    if (verify) {
                        awaitGone(gone, i + 1, message);
                    }
                    int number = i + 1;
                    status.show(() -> number + " of " + messages.size() + " messages");
                    sent.await(number < messages.size() ? pauseNs(message.length) : 0);
                }
            } finally {
                status.end();
            }
            say(new JsonObject().add("messages", messages.size()).add("bytes", bytes).add("destination", name)
                    .add("crc32", checksum(sum)).add("verified", verify),
                    "sent " + messages.size() + " messages, " + bytes + " bytes, to " + name + ", crc32 "
                            + checksum(sum) + (verify ? ", verified" : ""));
        }

        private long pauseNs(int lengthBytes) {
            return Math.max(gapMs * NS_PER_MS, rate == null ? 0 : Math.round(lengthBytes / rate * NS_PER_S));
        }

        /** Others may send to it at the same time. */
        private static void awaitGone(ReceivedSysex gone, int number, byte[] message) {
            long untilNs = System.nanoTime() + VERIFY_NS;
            byte[] next;
            do {
                next = gone.next(Math.max(1, untilNs - System.nanoTime()), () -> {});
                if (next == null) {
                    throw new CarillonException(Kind.TIMED_OUT,
                            "message did not go to the destination unchanged: number="
                                    + number + ", lengthBytes=" + message.length);
                }
            } while (!Arrays.equals(next, message));
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
            List<byte[]> messages = new ArrayList<>();
            StatusLine status = status(this);
            try (Interruption told = new Interruption()) {
                told.wakes(received::wake);
                byte[] next;
                while (messages.size() < count && (next = received.next(Math.round(timeoutS * NS_PER_S),
                        () -> status
                                .show(() -> messages.size() + " messages, " + received.bytes() + " bytes"))) != null) {
                    messages.add(next);
                }
                status.end();
                if (messages.isEmpty()) {
                    throw new CarillonException(Kind.TIMED_OUT, "no message came: timeoutS=" + timeoutS);
                }
                write(messages, file);
                told.finish(ExitCodes.DONE);
            }
        }

        private void write(List<byte[]> messages, Path file) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            messages.forEach(bytes::writeBytes);
            Files.write(file, bytes.toByteArray());
            CRC32 sum = new CRC32();
            sum.update(bytes.toByteArray());
            say(new JsonObject().add("messages", messages.size()).add("bytes", bytes.size())
                    .add("file", file.toString()).add("crc32", checksum(sum)),
                    "received " + messages.size()
                            + " messages, " + bytes.size() + " bytes, into " + file + ", crc32 " + checksum(sum));
            out().flush();
        }
    }

    /** Receives what a device sends by itself. */
    @Command(name = "dump", description = "Write the messages that come from a source to a file, until a "
            + "silence or Ctrl-C.",
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
            try (ReceivedSysex received = ReceivedSysex.from(server(), name)) {
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
            try (ReceivedSysex received = ReceivedSysex.from(server(), ports.source(source).name());
                    SentMessages sent = new SentMessages(server(), to)) {
                sent.send(List.of(new Message(0, question)));
                receive(received, file);
            }
        }
    }
}
