package org.carillon.launcher.command.client;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.protocol.control.ConfigurationText;
import org.carillon.protocol.control.Pid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done with the configurations of a running server. */
public final class ConfigVerbs {
    private static final String ENDING = ".cfg.json";

    private ConfigVerbs() {}

    /** Shows configurations. */
    @Command(name = "show", description = "Show a configuration of the server, or the names of all.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  carillon config show", "  carillon config show org.carillon.transport.shm"})
    public static final class Show extends ServerVerb {
        @Parameters(arity = "0..1", paramLabel = "PID", description = "Which.")
        private String pid;

        @Override
        void run() {
            if (pid == null) {
                print(new Listing("configurations", server().list((to, page) -> to.configurations(page).pids())
                        .stream().map(each -> new JsonObject().add("pid", each)).toList(), List.of("pid"),
                        row -> row.getString("pid", "")));
                return;
            }
            String values = server().look(to -> to.configuration(new Pid(pid))).json();
            if (values.isEmpty()) {
                throw new CarillonException(Kind.NO_SUCH_NAME, "no such configuration: pid=" + pid);
            }
            if (isPlain()) {
                out().println(values);
            } else {
                say(new JsonObject().add("pid", pid).add("values", Json.parse(values)), values);
            }
        }
    }

    /** Puts a configuration in force. */
    @Command(name = "apply", description = "Put a configuration in force; the server keeps it. Starts a server where "
            + "none runs.", mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  carillon config apply org.carillon.driver.loopback~echo.cfg.json",
                "  carillon config apply --remove org.carillon.driver.loopback~echo"})
    public static final class Apply extends ServerVerb {
        @Parameters(paramLabel = "FILE|PID", description = "File PID.cfg.json or PID~NAME.cfg.json.")
        private String file;

        @Option(names = "--remove", description = "Take the configuration of this PID away instead.")
        private boolean remove;

        @Override
        void run() throws java.io.IOException {
            ConfigurationText text = remove ? new ConfigurationText(file, "") : read(Path.of(file));
            server().change(to -> to.configure(text));
            say(new JsonObject().add("pid", text.pid()).add("removed", remove), text.pid()
                    + (remove ? " is taken away" : " is in force"));
        }

        private static ConfigurationText read(Path path) throws java.io.IOException {
            String name = path.toAbsolutePath().getFileName().toString();
            if (!name.endsWith(ENDING)) {
                throw new CarillonException(Kind.WRONG_USAGE, "file must be named PID" + ENDING + ": file=" + path);
            }
            if (!Files.isRegularFile(path)) {
                throw new CarillonException(Kind.NO_SUCH_NAME, "no such file: file=" + path);
            }
            return new ConfigurationText(name.substring(0, name.length() - ENDING.length()), Files.readString(path));
        }
    }
}
