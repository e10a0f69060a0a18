package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.carillon.launcher.command.client.SendWords.Message;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.PortEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Silences everything, or one port. */
@Command(name = "panic", description = "Silence everything: what connections have started is ended, pedals are lifted, "
        + "and every channel is told so; connections stay. With a port: pedals up, all sound off and all notes off on "
        + "its 16 channels.", mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon panic", "  carillon panic synth",
            "  carillon panic synth --hard"})
public final class PanicCommand extends ServerVerb {
    private static final int CHANNELS = 16;
    private static final int NOTES = 128;
    private static final int CONTROL = 0xB0;
    private static final int NOTE_OFF = 0x80;
    private static final int PEDAL = 64;
    private static final int ALL_SOUND_OFF = 120;
    private static final int RESET_CONTROLLERS = 121;
    private static final int ALL_NOTES_OFF = 123;

    @Parameters(arity = "0..1", paramLabel = "DESTINATION", description = "Silence this port only.")
    private String port;

    @Option(names = "--hard", description = "Reset controllers, too, and end each of the 128 notes of each channel by "
            + "itself, for instruments that do not know better: 2112 messages, two seconds on MIDI's own cable.")
    private boolean hard;

    @Override
    void run() {
        List<String> silenced = new ArrayList<>();
        if (port != null) {
            silence(new Ports(server().view()).destination(port).name(), silenced);
        } else {
            server().look(to -> to.panic(new Nothing()));
            if (hard) {
                server().view().ports().stream().filter(each -> each.isDestination() && !each.forwards())
                        .map(PortEntry::name).forEach(name -> silence(name, silenced));
            }
        }
        say(new JsonObject().add("silenced", true).add("hard", hard), silenced.isEmpty() ? "silenced"
                : "silenced " + String.join(", ", silenced));
    }

    private void silence(String name, List<String> silenced) {
        List<Message> messages = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int controller : hard
                    ? new int[]{PEDAL, ALL_SOUND_OFF, ALL_NOTES_OFF, RESET_CONTROLLERS}
                    : new int[]{PEDAL, ALL_SOUND_OFF, ALL_NOTES_OFF}) {
                messages.add(message(CONTROL | channel, controller));
            }
            for (int note = 0; hard && note < NOTES; note++) {
                messages.add(message(NOTE_OFF | channel, note));
            }
        }
        try (SentMessages sent = new SentMessages(server(), name)) {
            sent.send(messages);
        }
        silenced.add(name);
    }

    private static Message message(int status, int data) {
        return new Message(0, new byte[]{(byte) status, (byte) data, 0});
    }
}
