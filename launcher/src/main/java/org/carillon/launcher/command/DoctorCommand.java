package org.carillon.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carillon.launcher.Home;
import org.carillon.launcher.doctor.Diagnosis;
import org.carillon.launcher.doctor.Doctor;
import org.carillon.launcher.doctor.Paint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what this machine lacks for music on time. */
@Command(name = "doctor",
        description = "Say what this machine lacks for music on time: reads limits, kernel, interrupts and "
                + "processors, then measures how late an audio thread is woken. Changes nothing, needs no server.",
        mixinStandardHelpOptions = true,
        footer = {"", "Each check ends as pass, warn, fail or unknown; what cannot be read is unknown.",
            "Exit code: 0 where none fails, 1 where any does.", "", "Example:", "  carillon doctor",
            "  carillon doctor --print limits | sudo tee /etc/security/limits.d/95-carillon.conf"})
public final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 600;
    private static final Path SCRIPT = Path.of("bin", "carillon");

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5",
            description = "How long to measure, 0 to 600; 0 for not at all. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--sysroot", paramLabel = "DIR",
            description = "Read the files of another system that were copied into a folder: DIR/proc, DIR/sys, "
                    + "DIR/etc. What has to be tried is then unknown.")
    private Path sysroot;

    @Option(names = "--print", paramLabel = "limits|unit|user-unit",
            description = "Print a file that mends what fails, to be put where it says: limits of the session, or a "
                    + "systemd unit of the system or of the user.")
    private String form;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw wrong("--seconds must be 0 to " + MOST_SECONDS + ": seconds=" + seconds);
        }
        if (form != null && json) {
            throw wrong("--print prints a file, not JSON: print=" + form);
        }
        Doctor doctor = sysroot == null ? Doctor.ofThisSystem() : Doctor.ofRecorded(sysroot);
        PrintWriter out = spec.commandLine().getOut();
        if (form != null) {
            out.print(doctor.mending(form, DoctorCommand::script).orElseThrow(() -> wrong("--print must be one of "
                    + Doctor.forms() + ": print=" + form)));
            out.flush();
            return ExitCodes.DONE;
        }
        Diagnosis diagnosis = examine(doctor);
        out.println(json
                ? diagnosis.json()
                : diagnosis.text(Paint.of(StatusLine.isTerminal(), System::getenv)));
        out.flush();
        return diagnosis.isWell() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Diagnosis examine(Doctor doctor) throws InterruptedException {
        StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        try {
            return doctor.examine(seconds, left -> status.show(() -> "measuring, " + left + " s left"));
        } finally {
            status.end();
        }
    }

    /** As the script was called; else the script of the distribution that the jar lies in. */
    private static String script() {
        return Optional.ofNullable(System.getenv("CARILLON_COMMAND")).filter(command -> !command.isBlank())
                .orElseGet(() -> {
                    Path script = Home.of(Optional.empty()).folder().resolve(SCRIPT);
                    return Files.isExecutable(script) ? script.toString() : SCRIPT.getFileName().toString();
                });
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
