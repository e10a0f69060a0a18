package org.carillon.launcher.command;

import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.carillon.launcher.fetch.Parcel;
import org.carillon.launcher.fetch.SoundPackage;
import org.carillon.launcher.fetch.SoundStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gets free sounds. */
@Command(name = "fetch-sounds", description = "Get free sounds from Debian's packages, without installing them.",
        mixinStandardHelpOptions = true, footer = {"",
            "  small  fluid-soundfont-gs: 3 MB, some sounds",
            "  gm     fluid-soundfont-gm: 148 MB, all of General MIDI",
            "", "Example:", "  carillon fetch-sounds gm"})
public final class FetchSoundsCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;
    private static final double MB = 1e6;

    @Parameters(paramLabel = "small|gm", arity = "0..1", defaultValue = "small",
            description = "Which; default: ${DEFAULT-VALUE}.")
    private String which;

    @Option(names = "--to", paramLabel = "DIR", description = "Folder to put them in. Default: carillon/sounds of "
            + "$XDG_DATA_HOME or ~/.local/share.")
    private Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Parcel wanted = wanted();
        SoundStore store = new SoundStore(folder == null
                ? SoundStore.ofUser(System.getenv("XDG_DATA_HOME"), System.getProperty("user.home"))
                : folder);
        boolean isThere = store.has(wanted);
        Path file = store.file(wanted);
        if (!isThere) {
            spec.commandLine().getErr().printf("carillon: fetching %s, %.1f MB%n", wanted.name(),
                    wanted.lengthBytes() / MB);
            spec.commandLine().getErr().flush();
            StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
            file = store.fetch(wanted, bytes -> status.show(() -> "%.1f MB".formatted(bytes / MB)));
            status.end();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json
                ? new JsonObject().add("schema", SCHEMA).add("file", file.toString()).add("fetched", !isThere)
                : file + (isThere ? " is there already, and right" : " is there now, its checksum is right")
                        + "\nuse it: carillon play SONG.mid --instrument " + file);
        out.flush();
        return ExitCodes.DONE;
    }

    private Parcel wanted() {
        Optional<SoundPackage> found = Arrays.stream(SoundPackage.values()).filter(p -> p.word().equals(which))
                .findFirst();
        return found.map(SoundPackage::parcel)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "sounds must be one of "
                        + Arrays.stream(SoundPackage.values()).map(SoundPackage::word).collect(Collectors.joining(", "))
                        + ": sounds=" + which));
    }
}
