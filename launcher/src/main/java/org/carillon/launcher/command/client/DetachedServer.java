package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientException;

/** A server that goes on when the program that started it has ended. */
public final class DetachedServer {
    private DetachedServer() {}

    /**
     * Starts one where none runs, and says where it is.
     *
     * @param upOptions of {@code up} for it.
     * @throws CarillonException with {@link Kind#REFUSED} where one runs that does not have them.
     */
    public static void start(List<String> upOptions, PrintWriter out, boolean isJson) {
        Server server = new Server();
        try {
            boolean wasThere = server.client().isServerThere();
            if (wasThere && !upOptions.isEmpty()) {
                throw new CarillonException(Kind.REFUSED, "a server runs already, without these options; end it with: "
                        + "carillon down: pid=" + server.view().processId() + ", options=" + String.join(" ",
                                upOptions));
            }
            server.startedWith(upOptions);
            server.ensure();
            int processId = server.view().processId();
            out.println(isJson
                    ? new JsonObject().add("schema", ServerVerb.SCHEMA).add("pid", processId)
                            .add("socket", server.socket().toString()).add("was_there", wasThere).toString()
                    : (wasThere ? "runs already, pid " : "ready, pid ") + processId + "; end it with: carillon down");
            out.flush();
        } catch (ClientException e) {
            throw new CarillonException(CarillonException.Kind.valueOf(e.kind().name()), e.getMessage());
        }
    }
}
