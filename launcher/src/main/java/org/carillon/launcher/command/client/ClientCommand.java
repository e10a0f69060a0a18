package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.carillon.protocol.control.SessionEntry;
import org.carillon.protocol.control.SessionName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What concerns clients. */
@Command(name = "client", description = "List the server's clients, or end the session of one.",
        mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n",
        subcommands = {ClientCommand.Listed.class, ClientCommand.Kick.class},
        footer = {"", "Example:", "  carillon client ls"})
public final class ClientCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a verb: ls, kick");
    }

    /** Sessions and drivers. */
    static Listing listing(Server server) {
        return new Listing("clients", sessions(server).stream().map(Listed::row).toList(),
                List.of("id", "name", "kind", "program", "pid", "ports"), row -> row.getString("name", ""));
    }

    private static List<SessionEntry> sessions(Server server) {
        return server.list((to, page) -> to.sessions(page).sessions());
    }

    /** Lists sessions and drivers. */
    @Command(name = "ls", description = "List sessions and drivers.", mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  carillon client ls"})
    static final class Listed extends ServerVerb {
        @Override
        void run() {
            print(listing(server()));
        }

        private static JsonObject row(SessionEntry session) {
            return new JsonObject().add("id", session.sessionId()).add("name", session.name())
                    .add("kind", session.isDriver() ? "driver" : "session").add("program", session.program())
                    .add("pid", session.processId()).add("user_id", session.userId()).add("ports", session.ports());
        }
    }

    /** Ends the session of a client. */
    @Command(name = "kick", description = "End the session of a client; its ports go, its notes are released.",
            mixinStandardHelpOptions = true, footer = {"", Address.HELP, "", "Example:", "  carillon client kick '#7'"})
    static final class Kick extends ServerVerb {
        @Parameters(paramLabel = "SESSION", description = "Whose.")
        private String name;

        @Override
        void run() {
            List<SessionEntry> all = sessions(server()).stream().filter(each -> !each.isDriver()).toList();
            String whole = new Address(name).one("session", all, SessionEntry::name, SessionEntry::sessionId).name();
            server().look(to -> to.kick(new SessionName(whole)));
            say(new JsonObject().add("kicked", whole), "kicked " + whole);
        }
    }
}
