package org.carillon.bench.replug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A USB MIDI device that Linux itself plays (configfs: Documentation/usb/gadget_configfs.rst), plugged into a bus of
 * this same system. It makes two sound cards: the device's own end, and what a host sees of it.
 */
final class Gadget {
    /** The sound card of the device's own end is called that, whatever the device is. */
    static final String OWN_END = "f_midi";
    private static final Path GADGETS = Path.of("/sys/kernel/config/usb_gadget");
    /** The Linux Foundation's numbers for such devices. */
    private static final String VENDOR = "0x1d6b";
    private static final String PRODUCT = "0x0104";
    private static final String ENGLISH = "strings/0x409";

    private final String product;
    private final Path socket;
    private final String bus;

    /**
     * Makes it, not yet plugged in.
     *
     * @param folder name of its own in this system.
     * @param ports  inputs, and as many outputs.
     * @param bus    that it is plugged into, from 0.
     */
    Gadget(String folder, String product, String serial, int ports, int bus) throws IOException {
        this.product = product;
        this.bus = "dummy_udc." + bus;
        // programs that ran before this one in the same machine have left theirs, unplugged
        Path gadget = Files.createDirectory(GADGETS.resolve(folder + "-" + ProcessHandle.current().pid()));
        socket = gadget.resolve("UDC");
        write(gadget.resolve("idVendor"), VENDOR);
        write(gadget.resolve("idProduct"), PRODUCT);
        Path words = Files.createDirectories(gadget.resolve(ENGLISH));
        write(words.resolve("manufacturer"), "Carillon");
        write(words.resolve("product"), product);
        write(words.resolve("serialnumber"), serial);
        Path configuration = Files.createDirectory(gadget.resolve("configs/c.1"));
        Path function = Files.createDirectory(gadget.resolve("functions/midi." + folder));
        write(function.resolve("in_ports"), Integer.toString(ports));
        write(function.resolve("out_ports"), Integer.toString(ports));
        Files.createSymbolicLink(configuration.resolve(function.getFileName()), function);
    }

    String product() {
        return product;
    }

    void plug() throws IOException {
        write(socket, bus);
    }

    void unplug() throws IOException {
        write(socket, "");
    }

    private static void write(Path file, String word) throws IOException {
        Files.writeString(file, word + "\n", StandardOpenOption.WRITE);
    }
}
