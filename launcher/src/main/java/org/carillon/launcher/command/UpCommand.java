package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.carillon.api.port.PortInfo;
import org.carillon.launcher.HostOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a server until it is told to end. */
@Command(name = "up", description = "Start a server; it runs until Ctrl-C or SIGTERM.", mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon up --data /var/lib/carillon"})
public final class UpCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder that the server writes to; one server at a "
            + "time has it. Default: data/ of the distribution or, where that is read-only, of the user.")
    private Path data;

    @Option(names = "--json", description = "Print one JSON object when ready.")
    private boolean json;

    @Option(names = "--shell", description = "Read commands from standard input: 'help carillon:connect' explains one. "
            + "The end of the input is not the end of the server.")
    private boolean shell;

    @Mixin
    private Profile profile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        HostOptions options = HostOptions.defaults();
        if (data != null) {
            options = options.data(data);
        }
        if (shell) {
            options = options.shell();
        }
        options = profile.apply(options, spec.commandLine().getErr());
        try (StandingHost standing = new StandingHost(options)) {
            long readyMs = ProcessTime.sinceStartMs();
            List<PortInfo> ports = standing.host().status().ports();
            out.println(json ? json(readyMs, ports) : text(readyMs, ports));
            out.flush();
            standing.stay(Long.MAX_VALUE, ExitCodes.DONE);
        }
        return ExitCodes.DONE;
    }

    static String json(long readyMs, List<PortInfo> ports) {
        JsonArray array = new JsonArray();
        ports.forEach(port -> array.add(new JsonObject().add("name", port.name())
                .add("direction", word(port)).add("owner", port.session())));
        return Json.object().add("schema", SCHEMA).add("ready_ms", readyMs).add("ports", array)
                .add("pid", ProcessHandle.current().pid()).toString();
    }

    static String text(long readyMs, List<PortInfo> ports) {
        StringBuilder text = new StringBuilder("ready after " + readyMs + " ms, pid "
                + ProcessHandle.current().pid() + "; end it with Ctrl-C\n");
        ports.forEach(port -> text.append(String.format(Locale.ROOT, "  %-11s  %s  (%s)%n", word(port), port.name(),
                port.session())));
        return text.append(ports.isEmpty() ? "no ports" : ports.size() + " ports").toString();
    }

    private static String word(PortInfo port) {
        return port.direction().name().toLowerCase(Locale.ROOT);
    }
}
