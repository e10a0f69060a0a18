package org.carillon.launcher.doctor;

import java.util.List;
import java.util.Optional;

/** Devices that the user may open, and the JVM that Carillon runs on. */
final class Surroundings {
    private static final String DEVICES = "dev/snd";

    private final Tree tree;
    private final Probes probes;

    Surroundings(Tree tree, Probes probes) {
        this.tree = tree;
        this.probes = probes;
    }

    List<Finding> findings() {
        return List.of(devices(), collector());
    }

    private Finding devices() {
        Subject subject = Subject.advised("sound-devices");
        if (!tree.isLive()) {
            return subject.unknown("not tried: this is a recorded tree");
        }
        List<String> names = tree.list(DEVICES).stream()
                .filter(name -> name.matches("(seq|midi|controlC|pcmC|hwC|umpC).*")).toList();
        if (names.isEmpty()) {
            return subject.unknown("no ALSA devices in /dev/snd");
        }
        Optional<String> closed = names.stream()
                .filter(name -> !tree.mayUse(DEVICES + "/" + name).orElse(false)).findFirst();
        return closed
                .map(name -> subject.lacking("may not be read and written: /dev/snd/" + name, "sudo usermod -aG "
                        + "audio $USER, log out and in; at a seat of its own the session manager does it",
                        "sudo gpasswd -d $USER audio"))
                .orElseGet(() -> subject.pass("devices=" + names.size()));
    }

    private Finding collector() {
        Subject subject = Subject.required("collector");
        if (!tree.isLive()) {
            return subject.unknown("not asked: this is a recorded tree");
        }
        List<String> names = probes.collectors().get();
        String value = String.join(", ", names);
        if (names.isEmpty()) {
            return subject.unknown("the JVM does not name its garbage collector");
        }
        return names.stream().allMatch(name -> name.startsWith("ZGC") || name.startsWith("Shenandoah"))
                ? subject.pass(value)
                : subject.lacking(value, "it stops the audio thread for longer than a block: start by bin/carillon, "
                        + "or with -XX:+UseZGC", "");
    }
}
