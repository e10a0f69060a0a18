package org.carillon.launcher.command.client;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.launcher.command.StatusLine;
import org.carillon.launcher.doctor.Paint;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb that talks to a running server. It never asks the person back. */
abstract class ServerVerb implements Callable<Integer> {
    /** Of all objects that these verbs print with {@code --json}. */
    static final int SCHEMA = 1;

    @Mixin
    private Server server;

    @Option(names = "--json", description = "Print JSON: one object with a schema number, or one for each line of "
            + "what goes on.")
    private boolean json;

    @Option(names = "--plain", description = "Print names only, one for each line, without a heading.")
    private boolean plain;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        if (json && plain) {
            throw wrong("--json and --plain exclude each other");
        }
        try {
            server.run(this::run);
            return ExitCodes.DONE;
        } finally {
            out().flush();
        }
    }

    /** Does it; what goes wrong comes as a {@link ClientException} or {@link CarillonException}. */
    abstract void run() throws Exception;

    final Server server() {
        return server;
    }

    final boolean isJson() {
        return json;
    }

    final boolean isPlain() {
        return plain;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter error() {
        return spec.commandLine().getErr();
    }

    /** Prints a list in the form that was asked for. */
    final void print(Listing listing) {
        out().print(json ? listing.json() : plain ? listing.plain() : listing.text(paint()));
    }

    /** Colours, unless nobody looks or NO_COLOR says that none are wanted. */
    final Paint paint() {
        return Paint.of(StatusLine.isTerminal(), System::getenv);
    }

    /** Tells what was done: nothing where only names are wanted. */
    final void say(com.eclipsesource.json.JsonObject object, String line) {
        if (json) {
            out().println(new com.eclipsesource.json.JsonObject().add("schema", SCHEMA).merge(object));
        } else if (!plain) {
            out().println(line);
        }
    }

    final ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
