package org.carillon.launcher.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files that give Carillon the rights that the findings miss. They are printed, never written; each says where it
 * belongs, what it mends, and how to take it back.
 */
final class Mending {
    private static final List<String> GROUPS = List.of("audio", "realtime", "pipewire");
    private static final String RIGHTS = """
            LimitRTPRIO=95
            LimitMEMLOCK=infinity
            LimitRTTIME=infinity
            LimitNICE=-11
            """;

    private final List<Finding> findings;
    private final Users users;
    private final Optional<String> user;
    private final String command;

    /** Which file. */
    enum Form {
        /** For pam_limits: every session of the group. */
        LIMITS("limits"),
        /** A server that starts with the machine. */
        UNIT("unit"),
        /** A server that starts with the user's session. */
        USER_UNIT("user-unit");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        /** As it stands on the command line. */
        static Optional<Form> of(String word) {
            return Arrays.stream(values()).filter(form -> form.word.equals(word)).findFirst();
        }

        /** All that there are. */
        static String words() {
            return Arrays.stream(values()).map(form -> form.word).collect(Collectors.joining(", "));
        }
    }

    /** @param command the path of the command that starts a server. */
    Mending(Tree tree, List<Finding> findings, String command) {
        this.findings = findings;
        this.command = command;
        users = Users.of(tree);
        OptionalLong uid = ProcessStatus.of(tree).effectiveUid();
        user = uid.isPresent() && uid.getAsLong() != 0 ? users.name(uid.getAsLong()) : Optional.empty();
    }

    String file(Form form) {
        return switch (form) {
            case LIMITS -> limits();
            case UNIT -> unit();
            case USER_UNIT -> userUnit();
        };
    }

    private String limits() {
        String whom = whom();
        String join = whom.startsWith("@")
                ? "# sudo usermod -aG " + whom.substring(1) + " " + user.orElse("USER") + ", then log out and in.\n"
                : "# Log out and in.\n";
        return """
                # /etc/security/limits.d/95-carillon.conf: real-time priority and locked memory for sound and MIDI.
                # Put there: carillon doctor --print limits | sudo tee /etc/security/limits.d/95-carillon.conf
                # Undo: sudo rm /etc/security/limits.d/95-carillon.conf, then log out and in.
                """ + join + mends(Rights.RTPRIO, Rights.MEMLOCK, Rights.NICE)
                + whom + " - rtprio 95\n" + whom + " - memlock unlimited\n" + whom + " - nice -11\n";
    }

    private String unit() {
        String whose = user.map(name -> "User=" + name + "\n").orElse("DynamicUser=yes\n");
        String group = users.groups().orElse(List.of()).stream().map(Users.Group::name).filter("audio"::equals)
                .findFirst().map(name -> "SupplementaryGroups=" + name + "\n").orElse("");
        return """
                # /etc/systemd/system/carillon.service: a server that starts with the machine.
                # Put there: carillon doctor --print unit | sudo tee /etc/systemd/system/carillon.service
                # Start: sudo systemctl daemon-reload, then: sudo systemctl enable --now carillon
                # Undo: sudo systemctl disable --now carillon, then: sudo rm /etc/systemd/system/carillon.service
                """ + mends(Rights.RTPRIO, Rights.MEMLOCK, Rights.RTTIME, Rights.NICE, RealTimeShare.PROBE, "not-root")
                + """
                        [Unit]
                        Description=Carillon, MIDI server and audio host
                        After=sound.target

                        [Service]
                        """ + whose + group + service("--data=%S/carillon")
                + """
                        StateDirectory=carillon
                        CacheDirectory=carillon
                        Environment=XDG_CACHE_HOME=%C/carillon
                        """ + RIGHTS + """
                        AmbientCapabilities=CAP_SYS_NICE CAP_IPC_LOCK

                        [Install]
                        WantedBy=multi-user.target
                        """;
    }

    private String userUnit() {
        return """
                # ~/.config/systemd/user/carillon.service: a server that starts with your session.
                # Put there: carillon doctor --print user-unit > ~/.config/systemd/user/carillon.service
                # Start: systemctl --user daemon-reload, then: systemctl --user enable --now carillon
                # Undo: systemctl --user disable --now carillon, then: rm ~/.config/systemd/user/carillon.service
                # Your session grants no more than it has itself. As root, in
                # /etc/systemd/system/user@.service.d/95-carillon.conf (then: systemctl daemon-reload, log out and in):
                #   [Service]
                """ + RIGHTS.lines().map(line -> "#   " + line + "\n").collect(Collectors.joining())
                + mends(Rights.RTPRIO, Rights.MEMLOCK, Rights.RTTIME, Rights.NICE, RealTimeShare.PROBE)
                + """
                        [Unit]
                        Description=Carillon, MIDI server and audio host
                        After=pipewire.service

                        [Service]
                        """ + service("") + RIGHTS + """

                        [Install]
                        WantedBy=default.target
                        """;
    }

    private String service(String options) {
        return "ExecStart=" + quoted(command) + " up --realtime" + (options.isEmpty() ? "" : " " + options) + "\n"
                + "Restart=on-failure\n";
    }

    /** The group that sound has on this system; the user alone where there is none. */
    private String whom() {
        Set<String> names = users.groups().orElse(List.of()).stream().map(Users.Group::name)
                .collect(Collectors.toSet());
        return GROUPS.stream().filter(names::contains).findFirst().map(name -> "@" + name)
                .or(() -> user).orElse("@audio");
    }

    private String mends(String... ids) {
        List<String> wanted = List.of(ids);
        return findings.stream().filter(finding -> wanted.contains(finding.id()))
                .map(finding -> "# " + finding.id() + ": " + finding.verdict().word() + ", " + finding.value() + "\n")
                .collect(Collectors.joining());
    }

    /** One word of a command line in a unit; systemd.service(5), "Command lines", and systemd.unit(5), "Specifiers". */
    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("$", "$$") + '"';
    }
}
