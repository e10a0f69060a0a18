package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import org.carillon.api.port.CarillonException;
import org.carillon.client.ClientException;

/** A server that goes on when the program that started it has ended. */
public final class DetachedServer {
    private DetachedServer() {}

    /** Starts one where none runs, and says where it is. */
    public static void start(PrintWriter out, boolean isJson) {
        Server server = new Server();
        try {
            boolean wasThere = server.client().isServerThere();
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
