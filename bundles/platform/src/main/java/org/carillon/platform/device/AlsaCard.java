package org.carillon.platform.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux tells of a raw device of a sound card: in {@code /proc/asound/cardN/midiD} its name and for each of its
 * inputs and outputs whether somebody has it (Linux, sound/core/rawmidi.c), in {@code /sys/class/sound/cardN/device}
 * where the card is plugged in. The numbers of cards and of USB devices change from plug to plug and say nothing. Each
 * call asks the system anew; what it does not tell is empty. Any thread.
 */
public final class AlsaCard {
    private static final Pattern FILE = Pattern.compile("midiC(\\d+)D(\\d+)");
    private static final Pattern STREAM = Pattern.compile("(Input|Output) (\\d+)");
    private static final String OWNER = "Owner PID";
    private static final Pattern USB_BUS = Pattern.compile("usb\\d+");
    private static final Pattern USB_PORT = Pattern.compile("\\d+-(\\d[\\d.]*(:.*)?)");
    private static final int PARENTS_WITH_SERIAL = 3;

    private final Path asound;
    private final Path sysDevice;
    private final String card;
    private final String device;

    private AlsaCard(Path proc, Path sys, String card, String device) {
        asound = proc.resolve("asound");
        sysDevice = sys.resolve("class/sound/card" + card + "/device");
        this.card = card;
        this.device = device;
    }

    /**
     * The card behind a file of this name, if that is what such files are called.
     *
     * @param proc where the system tells of its processes and cards: {@code /proc}.
     * @param sys  where it tells of its devices: {@code /sys}.
     */
    public static Optional<AlsaCard> of(Path file, Path proc, Path sys) {
        Matcher matcher = FILE.matcher(file.getFileName().toString());
        return matcher.matches()
                ? Optional.of(new AlsaCard(proc, sys, matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /**
     * Inputs and outputs of a device, by number: whether somebody has them.
     *
     * @param name of the device, as its driver gives it.
     */
    public record Streams(String name, TreeMap<Integer, Boolean> inputs, TreeMap<Integer, Boolean> outputs) {
        /** One more than the highest number. */
        public int count(boolean input) {
            TreeMap<Integer, Boolean> streams = input ? inputs : outputs;
            return streams.isEmpty() ? 0 : streams.lastKey() + 1;
        }

        /** The one that is got by who opens the file next; -1 where all are taken. */
        public int lowestFree(boolean input) {
            return (input ? inputs : outputs).entrySet().stream().filter(each -> !each.getValue())
                    .mapToInt(each -> each.getKey()).findFirst().orElse(-1);
        }
    }

    /** Whether the file has come, but not yet what tells of it. */
    public boolean isStillComing() {
        return Files.isDirectory(asound) && !Files.exists(info());
    }

    private Path info() {
        return asound.resolve("card" + card + "/midi" + device);
    }

    /** What it has; empty where the system does not tell. */
    public Optional<Streams> streams() {
        String text = read(info());
        return text.isEmpty() ? Optional.empty() : Optional.of(streams(text));
    }

    static Streams streams(String text) {
        String[] lines = text.split("\n");
        Streams streams = new Streams(lines[0].strip(), new TreeMap<>(), new TreeMap<>());
        TreeMap<Integer, Boolean> last = streams.inputs;
        for (String line : lines) {
            Matcher stream = STREAM.matcher(line.strip());
            if (stream.matches()) {
                last = stream.group(1).equals("Input") ? streams.inputs : streams.outputs;
                last.put(Integer.valueOf(stream.group(2)), false);
            } else if (line.strip().startsWith(OWNER) && !last.isEmpty()) {
                last.put(last.lastKey(), true);
            }
        }
        return streams;
    }

    /** Whether it has no line of its own that sets its speed. */
    public boolean isOnUsb() {
        return !product().isEmpty();
    }

    /**
     * Name of one input or output for people.
     *
     * @param stream its number.
     */
    public String portName(int stream) {
        Streams streams = streams().orElse(new Streams("", new TreeMap<>(), new TreeMap<>()));
        String name = streams.name().isEmpty() ? read(asound.resolve("card" + card + "/id")) : streams.name();
        boolean isOneOfMany = Math.max(streams.count(true), streams.count(false)) > 1;
        return isOneOfMany ? name + " " + (stream + 1) : name;
    }

    /** Which port of the card one input or output is: the same after each plug. */
    public String port(int stream) {
        return device + "." + stream;
    }

    /** Vendor and product of a USB device, as {@code 1234:abcd}. */
    public String product() {
        return read(asound.resolve("card" + card + "/usbid"));
    }

    /** Serial number that a USB device tells of itself. */
    public String serial() {
        Path at = realDevice();
        for (int i = 0; i < PARENTS_WITH_SERIAL && at != null; i++) {
            String serial = read(at.resolve("serial"));
            if (!serial.isEmpty()) {
                return serial;
            }
            at = at.getParent();
        }
        return "";
    }

    /** The path below {@code /sys/devices} without the numbers that buses get as they are found. */
    public String busPath() {
        Path real = realDevice();
        StringBuilder path = new StringBuilder();
        for (int i = 0; real != null && i < real.getNameCount(); i++) {
            String part = real.getName(i).toString();
            Matcher port = USB_PORT.matcher(part);
            if (part.equals("devices")) {
                path.setLength(0);
            } else if (!USB_BUS.matcher(part).matches()) {
                path.append(path.isEmpty() ? "" : "/").append(port.matches() ? port.group(1) : part);
            }
        }
        return path.toString();
    }

    private Path realDevice() {
        try {
            return sysDevice.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return ""; // not told on this system, or gone while we ask
        }
    }
}
